import type { HttpRequest, HttpResponse } from '../../http/transport.ts';
import { parseJsonObject } from '../../text/json.ts';
import { withoutTrailingSlashes } from '../../text/trailing-slashes.ts';
import { askGithub, type Deadline, type GithubNetwork, GithubUnavailable } from './github-api.ts';
import { type SecretAccess, SecretRefused } from './secret-refused.ts';

interface PublicKey {
  readonly id: string;
  /** 32 bytes, of X25519. */
  readonly bytes: Uint8Array;
}

/**
 * The secrets of a repository, or of one of its environments, through GitHub's REST API. Values are sealed for the public
 * key of the repository or environment: they can be written, never read.
 * @see https://docs.github.com/rest/actions/secrets
 */
export class SecretsApi {
  readonly #access: SecretAccess;
  readonly #network: GithubNetwork;

  constructor(access: SecretAccess, network: GithubNetwork) {
    this.#access = access;
    this.#network = network;
  }

  /**
   * Creates a secret, or replaces its value.
   * @throws {SecretRefused} when GitHub refuses
   * @throws {GithubUnavailable} when it does not respond
   */
  async write(name: string, value: string, deadline: Deadline): Promise<void> {
    const key = await this.#publicKey(deadline);
    const answer = await this.#put({ name, value, key }, deadline);
    // The key may have been replaced since it was read; then its id is not known any more.
    const newKey = answer.status === 422 ? await this.#publicKey(deadline) : key;
    const again = newKey.id === key.id ? answer : await this.#put({ name, value, key: newKey }, deadline);
    this.#check(again, 'write', [201, 204]);
  }

  /**
   * Deletes a secret; a missing one is no error.
   * @throws {SecretRefused} {@link GithubUnavailable}
   */
  async delete(name: string, deadline: Deadline): Promise<void> {
    const answer = await this.#ask({ method: 'DELETE', name }, deadline);
    this.#check(answer, 'write', [204, 404]);
  }

  async #publicKey(deadline: Deadline): Promise<PublicKey> {
    const answer = await this.#ask({ method: 'GET', name: 'public-key' }, deadline);
    this.#check(answer, 'read', [200]);
    const key = readPublicKey(answer);
    if (key) return key;
    throw notFromGithub(answer);
  }

  /** @param expected the statuses with which GitHub says that it is done: a page of the network comes with 200, too */
  #check({ status }: HttpResponse, doing: 'read' | 'write', expected: readonly number[]): void {
    if (expected.includes(status)) return;
    throw status < 400 ? notFromGithub({ status }) : new SecretRefused(doing, status, this.#access);
  }

  async #put(
    { name, value, key }: { readonly name: string; readonly value: string; readonly key: PublicKey },
    deadline: Deadline,
  ): Promise<HttpResponse> {
    // Loaded here: most runs write nothing.
    const { sealedBox } = await import('./sealed-box.ts');
    const box = sealedBox(Buffer.from(value), key.bytes);
    const body = { encrypted_value: Buffer.from(box).toString('base64'), key_id: key.id };
    return this.#ask({ method: 'PUT', name, body: JSON.stringify(body) }, deadline);
  }

  #ask(
    { method, name, body }: Pick<HttpRequest, 'method' | 'body'> & { readonly name: string },
    deadline: Deadline,
  ): Promise<HttpResponse> {
    const { token } = this.#access;
    const request = {
      method,
      url: `${secretsUrl(this.#access)}/${pathSegment(name)}`,
      headers: {
        authorization: `Bearer ${token}`,
        // GitHub refuses requests without one. No version of the API is asked for: these endpoints are the same in all.
        'user-agent': 'entra-user-token',
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      body,
    };
    return askGithub(request, this.#network, deadline);
  }
}

/** Environments by owner and repository; releases of GitHub Enterprise Server before 3.10 knew them by number only. */
function secretsUrl({ apiUrl, repository, environment }: SecretAccess): string {
  const path = repository.split('/').map(pathSegment).join('/');
  const repositoryUrl = `${withoutTrailingSlashes(apiUrl)}/repos/${path}`;
  return environment === ''
    ? `${repositoryUrl}/actions/secrets`
    : `${repositoryUrl}/environments/${pathSegment(environment)}/secrets`;
}

/** A name as one segment of a path. `.` and `..` have no spelling in which a URL does not resolve them. */
function pathSegment(name: string): string {
  if (name === '' || name === '.' || name === '..')
    throw new TypeError('no name for a segment of a path: the inputs are checked');
  return encodeURIComponent(name);
}

function notFromGithub({ status }: Pick<HttpResponse, 'status'>): GithubUnavailable {
  return new GithubUnavailable(
    `something responded ${status} with a text that is not GitHub's (a proxy, or a sign-in page of the network)`,
  );
}

function readPublicKey({ body }: HttpResponse): PublicKey | undefined {
  const { key_id: id, key } = parseJsonObject(body) ?? {};
  const bytes = typeof key === 'string' ? Buffer.from(key, 'base64') : Buffer.alloc(0);
  return typeof id === 'string' && bytes.length === 32 ? { id, bytes } : undefined;
}
