import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Authority, startAuthority } from './authority/authority.ts';
import { type Account, multiTenantApp } from './authority/directory.ts';
import type { AuthoritySettings } from './authority/settings.ts';
import { type CacheService, startCacheService } from './cache-service.ts';
import { type CertificateAuthority, createCertificateAuthority } from './certificate-authority.ts';
import { type ConnectProxy, startConnectProxy } from './connect-proxy.ts';
import { type GithubApi, githubApiHosts, startGithubApi } from './github-api.ts';
import { type HttpRequest, type HttpResponse, sendHttpRequest } from './http-request.ts';
import type { WorkflowEvent } from './runner/event.ts';
import { type RunOptions, startAction } from './runner/run-action.ts';
import type { RunningAction } from './runner/running-action.ts';

const actionDirectory = join(import.meta.dirname, '..');

/** Everything that the action meets on the platform and at Entra, on loopback. */
export interface Sandbox extends AsyncDisposable {
  readonly authority: Authority;
  readonly proxy: ConnectProxy;
  readonly cacheService: CacheService;
  /** Issues what the sandbox's own servers show; its root is in `caFile`. */
  readonly certificateAuthority: CertificateAuthority;
  readonly githubApi: GithubApi;
  /** Path of the CA's certificate, for NODE_EXTRA_CA_CERTS. */
  readonly caFile: string;
  /** Starts the committed action, with what the sandbox's app registration and services need. */
  start(event: WorkflowEvent, options?: StepOptions): Promise<RunningAction>;
  /** `GET /v1.0/me`, as a next step of the workflow would call it. */
  callGraph(accessToken: string): Promise<{ readonly status: number; readonly body: unknown }>;
  /** Asks the authority under one of its public names. */
  askAuthority(url: URL, request?: Pick<HttpRequest, 'headers' | 'body'>): Promise<HttpResponse>;
  stop(): Promise<void>;
}

export type StepOptions = Omit<RunOptions, 'actionDirectory' | 'event'>;

export interface SandboxOptions {
  readonly settings?: Partial<AuthoritySettings>;
  readonly accounts?: readonly Account[];
  /** Called with each user code that is given out. */
  readonly onUserCode?: (userCode: string) => void;
}

export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const certificateAuthority = await createCertificateAuthority();
  const folder = await mkdtemp(join(tmpdir(), 'entra-sandbox-'));
  const caFile = join(folder, 'ca.pem');
  const [authority, cacheService, githubApi] = await Promise.all([
    startAuthority({ certificateAuthority, ...options }),
    startCacheService(),
    startGithubApi({ certificateAuthority }),
    writeFile(caFile, certificateAuthority.certificatePem),
  ]);
  const hosts = [
    'login.microsoftonline.com',
    'login.windows.net',
    'login.microsoftonline.us',
    'login.partner.microsoftonline.cn',
    'graph.microsoft.com',
    'authority.sandbox.example',
  ];
  const proxy = await startConnectProxy({
    routes: {
      ...Object.fromEntries(hosts.map((host) => [`${host}:443`, authority.port])),
      ...Object.fromEntries(githubApiHosts.map((host) => [`${host}:443`, githubApi.port])),
    },
  });

  const network = {
    https_proxy: proxy.url,
    no_proxy: '127.0.0.1,localhost',
    NODE_EXTRA_CA_CERTS: caFile,
    // The sign-in page is on plain loopback, so that no browser warns of its certificate.
    ENTRA_USER_TOKEN_LOOPBACK_PAGE: 'allowed',
  };
  const stop = async (): Promise<void> => {
    await Promise.all([authority.stop(), cacheService.stop(), githubApi.stop(), proxy.stop()]);
    await rm(folder, { recursive: true, force: true });
  };
  const server = { port: authority.port, ca: certificateAuthority.certificatePem };
  const askAuthority: Sandbox['askAuthority'] = (url, request) =>
    sendHttpRequest(url, { ...request, server });
  return {
    authority,
    proxy,
    cacheService,
    certificateAuthority,
    githubApi,
    caFile,
    start: (event, step = {}) =>
      startAction({
        actionDirectory,
        event,
        ...step,
        inputs: { 'client-id': multiTenantApp.clientId, ...step.inputs },
        env: {
          ...network,
          ...cacheService.env(cacheService.token({ scopes: event.cacheScopes })),
          ...step.env,
        },
      }),
    askAuthority,
    async callGraph(accessToken) {
      const { status, body } = await askAuthority(new URL('https://graph.microsoft.com/v1.0/me'), {
        headers: { authorization: `Bearer ${accessToken}` },
      });
      return { status, body: JSON.parse(body) as unknown };
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };
}
