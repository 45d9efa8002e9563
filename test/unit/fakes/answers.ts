import type { HttpResponse } from '../../../src/http/transport.ts';
import type { FakePerson } from './people.ts';
import { clientId } from './request.ts';

/** An answer with a JSON body. */
export function json(status: number, body: unknown, headers: Record<string, string> = {}): HttpResponse {
  return {
    status,
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  };
}

/** Something between here and Entra has answered. */
export function html(status: number): HttpResponse {
  return {
    status,
    headers: { 'content-type': 'text/html' },
    body: '<html><body>Welcome to the airport</body></html>',
  };
}

export const shownCode = 'ABCD1234';
export const secretDeviceCode = 'device-code-secret-of-the-server';

/** The answer of /devicecode; members given as undefined are left out. */
export function deviceCode(changes: Record<string, unknown> = {}): HttpResponse {
  return json(200, {
    user_code: shownCode,
    device_code: secretDeviceCode,
    verification_uri: 'https://microsoft.com/devicelogin',
    expires_in: 900,
    interval: 5,
    message: 'sign in',
    ...changes,
  });
}

interface Granted {
  readonly accessToken?: string;
  readonly refreshToken?: string;
  readonly expiresIn?: number;
  readonly scope?: string;
  /** Members that take the place of others; one given as undefined is left out. */
  readonly members?: Readonly<Record<string, unknown>>;
}

/** The answer of /token when all is well. */
export function granted(person: FakePerson, changes: Granted = {}): HttpResponse {
  const name = person.username.split('@')[0];
  return json(200, {
    token_type: 'Bearer',
    scope: changes.scope ?? 'User.Read openid profile offline_access',
    expires_in: changes.expiresIn ?? 3600,
    ext_expires_in: changes.expiresIn ?? 3600,
    access_token: changes.accessToken ?? `access token of ${name}`,
    refresh_token: changes.refreshToken ?? `refresh token of ${name}`,
    id_token: idToken(person),
    client_info: clientInfo(person),
    ...changes.members,
  });
}

/** What names an account of Entra, in base64url. */
export function clientInfo({ oid, tid }: FakePerson): string {
  return base64url({ uid: oid, utid: tid });
}

/** An ID token, as far as a client looks into it; claims given as undefined are left out. */
export function idToken(
  { username, oid, tid }: FakePerson,
  changes: Readonly<Record<string, unknown>> = {},
): string {
  const claims = {
    aud: clientId,
    iss: `https://login.microsoftonline.com/${tid}/v2.0`,
    exp: 4_000_000_000,
    sub: `subject ${oid}`,
    name: username,
    preferred_username: username,
    oid,
    tid,
    ver: '2.0',
    ...changes,
  };
  return `${base64url({ typ: 'JWT', alg: 'none' })}.${base64url(claims)}.c2lnbmF0dXJl`;
}

function base64url(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

export const traceId = '7d7b1a4c-0000-4000-8000-00000000face';
export const correlationId = '5c0ffee0-0000-4000-8000-00000000c0de';

/** An error as Entra words it. */
export function refused(error: string, code: number, members: Record<string, unknown> = {}): HttpResponse {
  return json(400, {
    error,
    error_description: `AADSTS${code}: What Entra says. Trace ID: ${traceId} Correlation ID: ${correlationId} Timestamp: 2026-11-20 08:30:00Z`,
    error_codes: [code],
    timestamp: '2026-11-20 08:30:00Z',
    trace_id: traceId,
    correlation_id: correlationId,
    ...members,
  });
}

export const pending = refused('authorization_pending', 70016);
/** As the RFC has it: no AADSTS code. */
export const slowDown = json(400, { error: 'slow_down' });
/** A refresh token that nobody can use any more. */
export const revoked = refused('invalid_grant', 50173, { suberror: 'bad_token' });
