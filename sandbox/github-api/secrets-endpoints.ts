/**
 * The end points for the secrets of repositories and environments, with the answers that GitHub gives.
 *
 * @see https://docs.github.com/rest/actions/secrets
 */
import type { Answer } from '../faults.ts';
import type { AccessTokens, Grants, Permission } from './access-tokens.ts';
import type { SecretVault } from './secret-vault.ts';

export type GithubEndpoint = 'public-key' | 'put' | 'delete' | 'unknown';

export interface GithubRequest {
  readonly method: string;
  /** Without the query, and without the `/api/v3` of an Enterprise Server. */
  readonly path: string;
  readonly authorization: string | undefined;
  readonly userAgent: string | undefined;
  readonly body: string;
}

export interface GithubState {
  readonly tokens: AccessTokens;
  /** By `owner/name`, or `owner/name/environment`. */
  readonly vaults: ReadonlyMap<string, SecretVault>;
}

export function endpointOf({ method, path }: Pick<GithubRequest, 'method' | 'path'>): GithubEndpoint {
  const target = targetOf(path);
  if (!target) return 'unknown';
  if (method === 'GET' && target.name === 'public-key') return 'public-key';
  if (method === 'PUT') return 'put';
  return method === 'DELETE' ? 'delete' : 'unknown';
}

export function answerGithub(request: GithubRequest, { tokens, vaults }: GithubState): Answer {
  if (!request.userAgent) return refusal(403, 'Request forbidden by administrative rules.');
  const grants = tokens.grantsOf(request.authorization);
  if (!grants) return refusal(401, 'Bad credentials');
  const target = targetOf(request.path);
  const endpoint = endpointOf(request);
  if (!target || endpoint === 'unknown') return refusal(404, 'Not Found');

  const { repositories = ['contoso/mail'] } = grants;
  const vault = vaults.get([target.repository, ...target.environment].join('/'));
  if (!vault || !repositories.includes(target.repository)) return refusal(404, 'Not Found');
  const needed = endpoint === 'public-key' ? 'read' : 'write';
  if (!may(grants, target.environment.length > 0 ? 'environments' : 'secrets', needed)) {
    const whose = grants.kind === 'app' ? 'integration' : 'personal access token';
    return refusal(403, `Resource not accessible by ${whose}`);
  }
  switch (endpoint) {
    case 'public-key':
      return json(200, vault.publicKey);
    case 'put':
      return put(target.name, request.body, vault);
    case 'delete':
      return vault.delete(target.name) ? { status: 204, headers: {}, body: '' } : refusal(404, 'Not Found');
  }
}

interface Target {
  readonly repository: string;
  /** One name, or none. */
  readonly environment: readonly string[];
  /** In upper case, but for `public-key`. */
  readonly name: string;
}

function targetOf(path: string): Target | undefined {
  const match = /^\/repos\/([\w.-]+\/[\w.-]+)\/(?:actions|environments\/([^/]+))\/secrets\/([\w.-]+)$/.exec(
    path,
  );
  const [, repository, environment, name] = match ?? [];
  if (repository === undefined || name === undefined) return undefined;
  return {
    repository,
    environment: environment === undefined ? [] : [decodeURIComponent(environment)],
    name: name === 'public-key' ? name : name.toUpperCase(),
  };
}

function may(grants: Grants, on: 'secrets' | 'environments', needed: Permission): boolean {
  const permission = grants[on];
  return permission === 'write' || permission === needed;
}

const largestSecret = 48 * 1024;

function put(name: string, body: string, vault: SecretVault): Answer {
  if (!/^[A-Z_][A-Z0-9_]*$/.test(name) || name.startsWith('GITHUB_'))
    return refusal(422, 'Secret names can only contain alphanumeric characters or underscores.');
  const { encrypted_value: box, key_id: keyId } = JSON.parse(body) as Record<string, unknown>;
  if (typeof keyId !== 'string') return refusal(422, 'Invalid request.\n\n"key_id" wasn\'t supplied.');
  if (typeof box !== 'string') return refusal(422, 'Invalid request.\n\n"encrypted_value" wasn\'t supplied.');
  // A sealed box is 48 bytes longer than what is in it.
  if (Buffer.from(box, 'base64').length - 48 > largestSecret)
    return refusal(422, 'Secret value is too large.');
  const done = vault.put(name, box, keyId);
  if (done === undefined)
    return refusal(422, 'Bad request - validation failed due to an improperly encrypted secret');
  return done === 'created' ? json(201, {}) : { status: 204, headers: {}, body: '' };
}

function refusal(status: number, message: string): Answer {
  const documentation = 'https://docs.github.com/rest/actions/secrets';
  return json(status, { message, documentation_url: documentation, status: String(status) });
}

function json(status: number, body: unknown): Answer {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', 'x-github-media-type': 'github.v3' },
    body: JSON.stringify(body),
  };
}
