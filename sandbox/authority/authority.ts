/**
 * The embedded test authority: a real OpenID provider over real HTTPS, that speaks Entra's dialect.
 * It listens on loopback only, on ports that are free.
 */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { CertificateAuthority } from '../certificate-authority.ts';
import { FaultPlan } from '../faults.ts';
import { answerAuthorize } from './authorize.ts';
import { BackChannel } from './back-channel.ts';
import { Consents } from './consents.ts';
import { answerDeviceCode } from './device-code.ts';
import { type Account, type Application, Directory, homeAccountId, multiTenantApp } from './directory.ts';
import { type EntraRequest, introspectionPath } from './entra-request.ts';
import { answerMe } from './graph.ts';
import { createHttpsListener } from './https-listener.ts';
import { interactionPages } from './interactions.ts';
import { answerIntrospection } from './introspection.ts';
import { jsonAnswer } from './json-answer.ts';
import { answerDiscovery, answerInstanceDiscovery, answerKeys } from './metadata.ts';
import { Person } from './person.ts';
import { createProvider } from './provider.ts';
import { RateLimit } from './rate-limit.ts';
import type { LoggedRequest } from './request-log.ts';
import { graphFor, parseScopes } from './requested-scopes.ts';
import { type IssuedSecret, IssuedSecrets } from './secrets.ts';
import { type AuthoritySettings, defaultSettings } from './settings.ts';
import { generateSigningKey } from './signing-key.ts';
import type { AuthorityState } from './state.ts';
import { ArtifactStore } from './store.ts';
import { answerToken } from './token.ts';

/** Names that the authority has a certificate for, beside 127.0.0.1. */
export const authorityHosts = [
  'login.microsoftonline.com',
  'login.windows.net',
  'login.microsoftonline.us',
  'login.partner.microsoftonline.cn',
  'graph.microsoft.com',
  'graph.microsoft.us',
  'microsoftgraph.chinacloudapi.cn',
  'authority.sandbox.example',
  'localhost',
] as const;

export interface AuthorityOptions {
  readonly certificateAuthority: CertificateAuthority;
  readonly settings?: Partial<AuthoritySettings>;
  /** More accounts than alice, bob and carol. */
  readonly accounts?: readonly Account[];
  readonly applications?: readonly Application[];
  /** Called with each user code that is given out, for a person who needs no screen. */
  readonly onUserCode?: ((userCode: string) => void) | undefined;
}

export interface Authority {
  /** Of the HTTPS listener, on 127.0.0.1. */
  readonly port: number;
  /** Of the plain listener, for a person's browser: `http://127.0.0.1:PORT`. */
  readonly signInOrigin: string;
  readonly settings: AuthoritySettings;
  /** Where a server that takes tokens for this resource can ask whose one is; RFC 7662. */
  introspectionUrl(resource: string): URL;
  /**
   * `where`: `device-code`, `token`, `token:device_code`, `token:refresh_token`, `token:authorization_code`,
   * `authorize`, `discovery`, `instance-discovery`, `keys`, `me`, `introspection`.
   */
  readonly faults: FaultPlan;
  readonly requests: readonly LoggedRequest[];
  clearRequests(): void;
  /** Every secret that was given out so far. */
  readonly secrets: readonly IssuedSecret[];
  /** Signs in on the real page, as a person would. */
  signIn(userCode: string, username: string): Promise<void>;
  /** Presses Cancel on the real page. */
  decline(userCode: string): Promise<void>;
  /**
   * Signs in at an authorization URL; resolves to the redirect URI, with the answer in its query unless it was posted.
   */
  signInByBrowser(authorizationUrl: string, username: string): Promise<string>;
  /** Presses Cancel at an authorization URL. */
  declineByBrowser(authorizationUrl: string): Promise<string>;
  /** Consents to scopes (of one resource) without a sign-in. `clientId`: the multi-tenant app if left out. */
  consent(username: string, scope: string, clientId?: string): void;
  withdrawConsent(username: string, scope: string, clientId?: string): void;
  /** Ends all refresh tokens of an account: 50173 from now on. */
  revokeSessions(username: string): void;
  /** Makes all refresh tokens of an account 90 days old: 700082 from now on. */
  expireRefreshTokens(username: string): void;
  /** Closes both listeners and every connection, whatever is pending. */
  stop(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

export async function startAuthority(options: AuthorityOptions): Promise<Authority> {
  const settings: AuthoritySettings = { ...defaultSettings(), ...options.settings };
  const directory = new Directory(options.accounts ?? [], options.applications ?? []);
  const store = new ArtifactStore(settings);
  const faults = new FaultPlan();
  const secrets = new IssuedSecrets();
  const requests: LoggedRequest[] = [];

  const plain = createServer();
  const [signInPort, signingKey, certificate] = await Promise.all([
    listen(plain),
    generateSigningKey(),
    options.certificateAuthority.issue([...authorityHosts, '127.0.0.1']),
  ]);
  const signInOrigin = `http://127.0.0.1:${signInPort}`;
  const provider = createProvider(signInOrigin, { settings, directory, store, signingKey });
  const state: AuthorityState = {
    settings,
    directory,
    store,
    signingKey,
    provider,
    consents: new Consents(),
    onUserCode: options.onUserCode,
  };
  provider.use(interactionPages(state));
  plain.on('request', provider.callback());

  const backChannel = new BackChannel(signInOrigin);
  const secure = createHttpsListener({
    certificate,
    faults,
    rateLimit: new RateLimit(settings),
    log: (entry) => requests.push(entry),
    answer: (request) => dispatch(request, state, backChannel, secrets),
  });
  const port = await listen(secure);

  const accountIdOf = (username: string) => homeAccountId(directory.accountNamed(username));
  const person = () => new Person(signInOrigin, { port, ca: options.certificateAuthority.certificatePem });
  const stop = async () => {
    backChannel.close();
    await Promise.all([close(secure), close(plain)]);
  };
  return {
    port,
    signInOrigin,
    settings,
    introspectionUrl: (resource) => {
      const url = new URL(introspectionPath, `https://127.0.0.1:${port}`);
      url.searchParams.set('resource', resource);
      return url;
    },
    faults,
    requests,
    secrets: secrets.all,
    clearRequests: () => void requests.splice(0),
    signIn: async (userCode, username) => person().signIn(userCode, accountIdOf(username)),
    decline: (userCode) => person().decline(userCode),
    signInByBrowser: async (url, username) => person().signInByBrowser(url, accountIdOf(username)),
    declineByBrowser: (url) => person().declineByBrowser(url),
    consent: (username, scope, clientId = multiTenantApp.clientId) => {
      const { resource, permissions } = parseScopes(scope, graphFor(''));
      state.consents.grant(clientId, accountIdOf(username), resource, permissions);
    },
    withdrawConsent: (username, scope, clientId = multiTenantApp.clientId) => {
      const { resource, permissions } = parseScopes(scope, graphFor(''));
      state.consents.withdraw(clientId, accountIdOf(username), resource, permissions);
    },
    revokeSessions: (username) => store.revokeRefreshTokens(accountIdOf(username)),
    expireRefreshTokens: (username) => store.expireRefreshTokens(accountIdOf(username)),
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

function dispatch(
  request: EntraRequest,
  state: AuthorityState,
  backChannel: BackChannel,
  secrets: IssuedSecrets,
) {
  switch (request.endpoint) {
    case 'device-code':
      return answerDeviceCode(request, state, backChannel, secrets);
    case 'token':
      return answerToken(request, state, backChannel, secrets);
    case 'authorize':
      return answerAuthorize(request, state);
    case 'discovery':
      return answerDiscovery(request);
    case 'instance-discovery':
      return answerInstanceDiscovery(request);
    case 'keys':
      return answerKeys(state);
    case 'me':
      return answerMe(request, state);
    case 'introspection':
      return answerIntrospection(request, state);
    case 'unknown':
      return jsonAnswer(404, { error: 'not_found' });
  }
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

async function close(server: Server): Promise<void> {
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
