import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Authority, startAuthority } from './authority/authority.ts';
import { type Account, multiTenantApp } from './authority/directory.ts';
import type { AuthoritySettings } from './authority/settings.ts';
import { type CacheService, startCacheService } from './cache-service.ts';
import { createCertificateAuthority } from './certificate-authority.ts';
import { type ConnectProxy, startConnectProxy } from './connect-proxy.ts';
import type { WorkflowEvent } from './runner/event.ts';
import { type RunOptions, startAction } from './runner/run-action.ts';
import type { RunningAction } from './runner/running-action.ts';

const actionDirectory = join(import.meta.dirname, '..');

/** Everything that the action meets on the platform and at Entra, on loopback. */
export interface Sandbox extends AsyncDisposable {
  readonly authority: Authority;
  readonly proxy: ConnectProxy;
  readonly cacheService: CacheService;
  /** Path of the CA's certificate, for NODE_EXTRA_CA_CERTS. */
  readonly caFile: string;
  /** Starts the committed action, with what the sandbox's app registration and services need. */
  start(event: WorkflowEvent, options?: StepOptions): Promise<RunningAction>;
  /** `GET /v1.0/me`, as a next step of the workflow would call it. */
  callGraph(accessToken: string): Promise<{ readonly status: number; readonly body: unknown }>;
  stop(): Promise<void>;
}

export type StepOptions = Omit<RunOptions, 'actionDirectory' | 'event'>;

export interface SandboxOptions {
  readonly settings?: Partial<AuthoritySettings>;
  readonly accounts?: readonly Account[];
}

export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const certificateAuthority = await createCertificateAuthority();
  const folder = await mkdtemp(join(tmpdir(), 'entra-sandbox-'));
  const caFile = join(folder, 'ca.pem');
  const [authority, cacheService] = await Promise.all([
    startAuthority({ certificateAuthority, ...options }),
    startCacheService(),
    writeFile(caFile, certificateAuthority.certificatePem),
  ]);
  const hosts = [
    'login.microsoftonline.com',
    'login.microsoftonline.us',
    'login.partner.microsoftonline.cn',
    'graph.microsoft.com',
    'authority.sandbox.example',
  ];
  const proxy = await startConnectProxy({
    routes: Object.fromEntries(hosts.map((host) => [`${host}:443`, authority.port])),
  });

  const network = { https_proxy: proxy.url, no_proxy: '127.0.0.1,localhost', NODE_EXTRA_CA_CERTS: caFile };
  const stop = async (): Promise<void> => {
    await Promise.all([authority.stop(), cacheService.stop(), proxy.stop()]);
    await rm(folder, { recursive: true, force: true });
  };
  return {
    authority,
    proxy,
    cacheService,
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
    callGraph: (accessToken) => callMe(accessToken, authority.port, certificateAuthority.certificatePem),
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

async function callMe(
  accessToken: string,
  port: number,
  ca: string,
): Promise<{ status: number; body: unknown }> {
  const { request } = await import('node:https');
  return new Promise((resolve, reject) => {
    const options = {
      port,
      ca,
      host: '127.0.0.1',
      servername: 'graph.microsoft.com',
      path: '/v1.0/me',
      headers: { host: 'graph.microsoft.com', authorization: `Bearer ${accessToken}` },
      agent: false as const,
    };
    request(options, (answer) => {
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (chunk: string) => {
        text += chunk;
      });
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body: JSON.parse(text) as unknown }));
    })
      .on('error', reject)
      .end();
  });
}
