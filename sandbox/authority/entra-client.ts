/** Speaks to the authority as a program without a library would: plain requests, plain answers. For tests and benchmarks. */
import { type CertificateAuthority, createCertificateAuthority } from '../certificate-authority.ts';
import { sendHttpRequest } from '../http-request.ts';
import { type Authority, type AuthorityOptions, startAuthority } from './authority.ts';
import { multiTenantApp } from './directory.ts';

export interface ClientAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  /** Parsed JSON; empty where the body is not an object. */
  readonly body: Readonly<Record<string, unknown>>;
}

export interface ClientRequest {
  readonly host?: string;
  /** Sent as a form, by POST; GET where it is left out. */
  readonly form?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Milliseconds after which to give up; never if left out. */
  readonly timeout?: number;
}

export class EntraClient {
  readonly tenant: string;
  readonly clientId: string;
  readonly #authority: Authority;
  readonly #ca: string;

  constructor(
    authority: Authority,
    certificateAuthority: CertificateAuthority,
    { tenant = 'organizations', clientId = multiTenantApp.clientId } = {},
  ) {
    this.tenant = tenant;
    this.clientId = clientId;
    this.#authority = authority;
    this.#ca = certificateAuthority.certificatePem;
  }

  requestDeviceCode(scope = 'User.Read openid profile offline_access'): Promise<ClientAnswer> {
    return this.#post('oauth2/v2.0/devicecode', { scope });
  }

  poll(deviceCode: unknown): Promise<ClientAnswer> {
    return this.#post('oauth2/v2.0/token', { grant_type: 'device_code', device_code: String(deviceCode) });
  }

  refresh(refreshToken: unknown, scope = 'User.Read openid profile offline_access'): Promise<ClientAnswer> {
    const grant = { grant_type: 'refresh_token', refresh_token: String(refreshToken) };
    return this.#post('oauth2/v2.0/token', { ...grant, scope });
  }

  /** The whole device flow, with the person; resolves to the token answer. */
  async signIn(username: string, scope?: string): Promise<ClientAnswer> {
    const { body } = await this.requestDeviceCode(scope);
    await this.#authority.signIn(String(body['user_code']), username);
    return await this.poll(body['device_code']);
  }

  callGraph(accessToken: unknown): Promise<ClientAnswer> {
    const headers = { authorization: `Bearer ${accessToken}` };
    return this.send('/v1.0/me', { host: 'graph.microsoft.com', headers });
  }

  async send(path: string, options: ClientRequest = {}): Promise<ClientAnswer> {
    const { host = 'login.microsoftonline.com', form, headers, timeout } = options;
    const { body, ...response } = await sendHttpRequest(new URL(path, `https://${host}`), {
      headers,
      body: form,
      server: { port: this.#authority.port, ca: this.#ca },
      signal: timeout === undefined ? undefined : AbortSignal.timeout(timeout),
    });
    return { ...response, body: body.startsWith('{') ? (JSON.parse(body) as ClientAnswer['body']) : {} };
  }

  #post(path: string, form: Readonly<Record<string, string>>): Promise<ClientAnswer> {
    return this.send(`/${this.tenant}/${path}`, { form: { client_id: this.clientId, ...form } });
  }
}

export interface AuthorityWithClient extends AsyncDisposable {
  readonly authority: Authority;
  readonly certificateAuthority: CertificateAuthority;
  /** A client of the multi-tenant app through `organizations`. */
  readonly client: EntraClient;
  clientOf(options: { readonly tenant?: string; readonly clientId?: string }): EntraClient;
}

/** An authority of its own with a client to it, for one scenario. */
export async function startAuthorityWithClient(
  options: Omit<AuthorityOptions, 'certificateAuthority'> = {},
): Promise<AuthorityWithClient> {
  const certificateAuthority = await createCertificateAuthority();
  const authority = await startAuthority({ certificateAuthority, ...options });
  return {
    authority,
    certificateAuthority,
    client: new EntraClient(authority, certificateAuthority),
    clientOf: (of) => new EntraClient(authority, certificateAuthority, of),
    [Symbol.asyncDispose]: () => authority.stop(),
  };
}
