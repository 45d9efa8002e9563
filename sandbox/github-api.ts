/**
 * A stand-in for the part of GitHub's REST API that writes secrets: those of a repository and of its environments, sealed
 * for a public key that can be rotated, with tokens that may do more or less.
 *
 * Names of its endpoints in a fault plan: `public-key`, `put`, `delete`.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { CertificateAuthority } from './certificate-authority.ts';
import { answerWithFault, FaultPlan, followTcpConnections } from './faults.ts';
import { AccessTokens, type Grants } from './github-api/access-tokens.ts';
import { SecretVault } from './github-api/secret-vault.ts';
import { answerGithub, endpointOf, type GithubEndpoint } from './github-api/secrets-endpoints.ts';

export type { Grants } from './github-api/access-tokens.ts';

/** Names under which it is reached: github.com's, and that of an Enterprise Server, whose API is below `/api/v3`. */
export const githubApiHosts = ['api.github.com', 'github.sandbox.example'] as const;

/** `owner/name` of the repository that is there. */
const repository = 'contoso/mail';

export interface GithubApiRequest {
  readonly endpoint: GithubEndpoint;
  readonly method: string;
  readonly host: string;
  /** As it was sent. */
  readonly path: string;
  readonly body: string;
  /** `undefined` where there was no answer. */
  readonly status: number | undefined;
}

export interface GithubApi extends AsyncDisposable {
  /** On 127.0.0.1. */
  readonly port: number;
  readonly faults: FaultPlan;
  readonly requests: readonly GithubApiRequest[];
  issueToken(grants: Grants): string;
  revokeToken(token: string): void;
  /** The secrets of the repository, or of an environment, which is made if it is not there. */
  secrets(environment?: string): SecretVault;
  stop(): Promise<void>;
}

export async function startGithubApi({
  certificateAuthority,
}: {
  readonly certificateAuthority: CertificateAuthority;
}): Promise<GithubApi> {
  const faults = new FaultPlan();
  const tokens = new AccessTokens();
  const vaults = new Map([[repository, new SecretVault()]]);
  const requests: GithubApiRequest[] = [];

  const serve = async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = '', headers, url = '/' } = message;
    const body = await text(message);
    const host = new URL(`https://${headers.host ?? 'localhost'}`).hostname;
    const path = host === 'api.github.com' ? url : url.replace(/^\/api\/v3(?=\/)/, '');
    const { authorization, 'user-agent': userAgent } = headers;
    const request = { method, path, authorization, userAgent, body };
    const endpoint = endpointOf(request);
    const index = requests.push({ endpoint, method, host, path: url, body, status: undefined }) - 1;
    response.once('finish', () => {
      requests[index] = { endpoint, method, host, path: url, body, status: response.statusCode };
    });
    const fault = faults.take({ method, path: url, host, body, names: [endpoint] });
    await answerWithFault(fault, response, () => answerGithub(request, { tokens, vaults }));
  };

  const server = createServer(await certificateAuthority.issue(githubApiHosts), (message, response) => {
    // A client that goes away while it sends is no failure of the service.
    serve(message, response).catch(() => response.destroy());
  });
  followTcpConnections(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return {
    port: (server.address() as AddressInfo).port,
    faults,
    requests,
    issueToken: (grants) => tokens.issue(grants),
    revokeToken: (token) => tokens.revoke(token),
    secrets: (environment) => {
      const key = environment === undefined ? repository : `${repository}/${environment}`;
      const vault = vaults.get(key) ?? new SecretVault();
      vaults.set(key, vault);
      return vault;
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };
}
