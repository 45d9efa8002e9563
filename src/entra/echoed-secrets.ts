import type { HttpRequest, HttpResponse } from '../http/transport.ts';
import { SecretRuns } from '../text/secret-runs.ts';
import { jsonObject } from './error-response.ts';

/**
 * An error response whose texts hold no part of a secret that the request brought, or that the response has in a member
 * of its own: whoever reads the response later may print its texts. Everything else is as it was.
 */
export function redactEchoes(request: HttpRequest, response: HttpResponse): HttpResponse {
  const body = jsonObject(response);
  if (typeof body?.['error'] !== 'string') return response;
  const runs = new SecretRuns([...secretsIn(request), ...secretsOf(body)].flatMap(withDecodedClaims));
  const members = Object.entries(body).flatMap(([name, value]) => {
    if (secretMembers.has(name)) return [[name, value]];
    const shown = withoutRuns(name, value, runs);
    return shown === undefined ? [] : [[name, shown]];
  });
  return { ...response, body: JSON.stringify(Object.fromEntries(members)) };
}

/** Undefined for a member that nobody reads, and for what is too long to be what its name says. */
function withoutRuns(name: string, value: unknown, runs: SecretRuns): unknown {
  if (name === 'error_codes' && Array.isArray(value))
    return value.slice(0, mostCodes).filter((code) => runs.hide(String(code)) === String(code));
  if (typeof value !== 'string') return undefined;
  // Claims are sent back to the server, not shown in the log.
  if (name === 'claims') return value.length <= longestClaims ? runs.hide(value) : undefined;
  return wordsOfError.has(name) ? runs.harmless(value, longestText) : undefined;
}

/** @see https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow#error-response-1 */
const wordsOfError: ReadonlySet<string> = new Set([
  'error',
  'suberror',
  'error_description',
  'error_uri',
  'correlation_id',
  'trace_id',
  'timestamp',
]);

const mostCodes = 16;
const longestClaims = 16_384;
const longestText = 4096;

/** The members of a response that are secrets as a whole. */
const secretMembers: ReadonlySet<string> = new Set([
  'access_token',
  'refresh_token',
  'id_token',
  'device_code',
  'code',
  'client_info',
]);

function secretsOf(body: Readonly<Record<string, unknown>>): readonly string[] {
  return Object.entries(body).flatMap(([name, value]) =>
    secretMembers.has(name) && typeof value === 'string' ? [value] : [],
  );
}

/** Parameters that are not secret. Every other parameter counts as one. */
const openParameters =
  /^(client_id|client_info|client-request-id|grant_type|scope|resource|claims|redirect_uri|response_type|response_mode|prompt|login_hint|domain_hint|code_challenge|code_challenge_method|return_spa_code|username|x-anchormailbox|x-client-.*|x-ms-.*|x-app-.*)$/i;

function secretsIn({ body = '' }: HttpRequest): readonly string[] {
  return [...new URLSearchParams(body)].flatMap(([name, value]) =>
    openParameters.test(name) ? [] : [value],
  );
}

/** A token that is a JWT says in its payload who and what; the payload is quoted where it was decoded, too. */
function withDecodedClaims(secret: string): readonly string[] {
  const payload = /^eyJ[\w-]+\.([\w-]+)\.[\w-]*$/.exec(secret)?.[1];
  return payload === undefined ? [secret] : [secret, Buffer.from(payload, 'base64url').toString()];
}
