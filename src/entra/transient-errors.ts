import { retryAfterIn, type TransientError } from '../http/retry-policy.ts';
import { type HttpResponse, TransportError } from '../http/transport.ts';
import { referenceOf } from './entra-failure.ts';
import { jsonObject, oauthError } from './error-response.ts';
import { isTransient, throttlingCodes, transientCodes } from './transient-codes.ts';

/**
 * Why a response says nothing about the sign-in, or why there was none. The reason names no server: it may be another
 * authority's.
 */
export interface EntraError extends TransientError {
  /** The status says that nothing is served at this URL, so that waiting is of little use. */
  readonly absent: boolean;
  /** Under which ids an administrator finds the response; undefined where it named none. */
  readonly reference?: string | undefined;
}

/** Statuses of a server that knows no such endpoint: not found, method not allowed, gone, not implemented. */
export const absentStatuses: readonly number[] = [404, 405, 410, 501];

/** What is wrong with a response; undefined when it is one to act upon. */
export function transientErrorIn(response: HttpResponse, now: number): EntraError | undefined {
  const { status } = response;
  const error = oauthError(response);
  const retryAfter = retryAfterIn(response, now);
  const because = (reason: string, throttled = false): EntraError => ({
    reason,
    throttled,
    retryAfter,
    permanent: false,
    absent: !error && absentStatuses.includes(status),
    reference: error && referenceOf(error),
  });
  const codeAmong = (codes: readonly number[]): number | undefined =>
    error?.codes.find((code) => codes.includes(code));

  if (status === 429) return because('it asks for fewer requests (429)', true);
  const throttlingCode = codeAmong(throttlingCodes);
  if (throttlingCode) return because(`it asks for fewer requests (AADSTS${throttlingCode})`, true);
  if (status >= 500) return because(`it responded ${status}`);
  if (error && isTransient(error)) {
    const code = codeAmong(transientCodes);
    return because(`it has a passing fault (${code ? `AADSTS${code}` : error.error})`);
  }
  if (!jsonObject(response) || (status >= 300 && !error))
    return because(
      `something responded ${status} with a text that is no OAuth response (a proxy, or a sign-in page of the network)`,
    );
  return undefined;
}

/**
 * Why an attempt threw.
 * @throws every error that is not a {@link TransportError}
 */
export function transientErrorBehind(error: unknown): EntraError {
  if (!(error instanceof TransportError)) throw error;
  return {
    reason: error.message,
    throttled: false,
    retryAfter: undefined,
    permanent: error.permanent,
    absent: false,
  };
}
