import type { HttpResponse } from '../http/transport.ts';
import { parseJsonObject } from '../text/json.ts';
import { plainText } from '../text/plain-text.ts';

/**
 * The members of a token endpoint's error response that decisions and messages are based on.
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

/** The body as a JSON object; undefined when it is none, as when something between here and Entra has responded. */
export function jsonObject({ body }: Pick<HttpResponse, 'body'>): Record<string, unknown> | undefined {
  return parseJsonObject(body);
}

/** The error in a response; undefined when it holds none. */
export function oauthError(response: HttpResponse): OAuthError | undefined {
  const body = jsonObject(response);
  if (!body || typeof body['error'] !== 'string' || body['error'] === '') return undefined;
  return {
    status: response.status,
    error: plainText(body['error'], 60),
    suberror: plainText(body['suberror'], 60),
    codes: codesIn(body),
    description: withoutIds(plainText(body['error_description'], 1000)),
    correlationId: ifLike(guid, body['correlation_id']),
    traceId: ifLike(guid, body['trace_id']),
    timestamp: ifLike(date, body['timestamp']),
    claims: claimsIn(body['claims']),
  };
}

const guid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;
/** `2026-11-20 08:30:00Z`, and what else RFC 3339 allows. */
const date = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d{1,7})?(Z|[+-]\d\d:\d\d)?$/i;

function ifLike(form: RegExp, text: unknown): string {
  return typeof text === 'string' && form.test(text) ? text : '';
}

// MSAL throws on claims that are no JSON object; they would keep the person from signing in.
function claimsIn(claims: unknown): string {
  return typeof claims === 'string' && jsonObject({ body: claims }) ? claims : '';
}

function codesIn(body: Record<string, unknown>): readonly number[] {
  const listed = Array.isArray(body['error_codes']) ? body['error_codes'].filter(isCode) : [];
  if (listed.length > 0) return listed;
  const text = typeof body['error_description'] === 'string' ? body['error_description'] : '';
  // A general code may stand before the one that tells the cause: "AADSTS70002: … AADSTS135011: …".
  const inText = text.slice(0, 1000).matchAll(/AADSTS(\d{4,8})(?!\d)/g);
  return [...new Set([...inText].map(([, code]) => Number(code)))];
}

// None is longer; a longer number may be anything.
function isCode(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) > 0 && Number(value) < 100_000_000;
}

function withoutIds(description: string): string {
  const ids = description.search(/(?:Trace ID|Correlation ID|Timestamp): /);
  const words = ids < 0 ? description : description.slice(0, ids).trimEnd();
  return plainText(words.replace(/^AADSTS\d+: */, ''));
}
