import type { HttpResponse } from '../http/transport.ts';
import { parseJsonObject } from '../json.ts';
import { plainText } from '../plain-text.ts';

/**
 * The members of a token endpoint's error answer that decisions and messages are made of.
 * @see https://datatracker.ietf.org/doc/html/rfc6749#section-5.2
 * @see https://learn.microsoft.com/entra/identity-platform/reference-error-codes#handling-error-codes-in-your-application
 */
export interface OAuthError {
  readonly status: number;
  readonly error: string;
  readonly suberror: string;
  /** AADSTS codes, the main one first. */
  readonly codes: readonly number[];
  /** Entra's own words, made harmless, without the ids that stand in members of their own. */
  readonly description: string;
  readonly correlationId: string;
  readonly traceId: string;
  readonly timestamp: string;
  /** Claims that a sign-in must satisfy, as JSON to be sent back unchanged; empty when none. */
  readonly claims: string;
}

/** The body as a JSON object; undefined when it is none, as when something between here and Entra has answered. */
export function jsonObject({ body }: Pick<HttpResponse, 'body'>): Record<string, unknown> | undefined {
  return parseJsonObject(body);
}

/** The error that an answer carries; undefined when it carries none. */
export function oauthError(response: HttpResponse): OAuthError | undefined {
  const body = jsonObject(response);
  if (!body || typeof body['error'] !== 'string' || body['error'] === '') return undefined;
  return {
    status: response.status,
    error: plainText(body['error'], 60),
    suberror: plainText(body['suberror'], 60),
    codes: codesIn(body),
    description: withoutIds(plainText(body['error_description'], 1000)),
    correlationId: plainText(body['correlation_id'], 60),
    traceId: plainText(body['trace_id'], 60),
    timestamp: plainText(body['timestamp'], 40),
    claims: claimsIn(body['claims']),
  };
}

// MSAL throws on claims that are no JSON object; they would keep the person from signing in.
function claimsIn(claims: unknown): string {
  return typeof claims === 'string' && jsonObject({ body: claims }) ? claims : '';
}

function codesIn(body: Record<string, unknown>): readonly number[] {
  const listed = Array.isArray(body['error_codes'])
    ? body['error_codes'].filter((code) => Number.isSafeInteger(code))
    : [];
  if (listed.length > 0) return listed as number[];
  const text = typeof body['error_description'] === 'string' ? body['error_description'] : '';
  // A general code may stand before the one that tells the cause: "AADSTS70002: … AADSTS135011: …".
  const inText = text.slice(0, 1000).matchAll(/AADSTS(\d{4,8})/g);
  return [...new Set([...inText].map(([, code]) => Number(code)))];
}

function withoutIds(description: string): string {
  const ids = description.search(/(?:Trace ID|Correlation ID|Timestamp): /);
  return (ids < 0 ? description : description.slice(0, ids).trimEnd())
    .replace(/^AADSTS\d+: */, '')
    .slice(0, 300);
}
