import { seconds } from '../clock.ts';
import { type HttpResponse, TransportError } from '../http/transport.ts';
import { jsonObject, oauthError } from './error-response.ts';
import { isTransient, throttlingCodes, transientCodes } from './transient-codes.ts';

/** Why an answer says nothing about the sign-in, and when to ask again. */
export interface Trouble {
  /** Completes "Microsoft Entra could not be used: …". Names no server: it may be another authority's. */
  readonly reason: string;
  readonly throttled: boolean;
  /** Milliseconds that the server asks to wait; undefined when it does not say. */
  readonly retryAfter: number | undefined;
  readonly permanent: boolean;
  /** The status says that nothing is served at this URL, so that waiting is of little use. */
  readonly absent: boolean;
}

/** Statuses of a server that knows no such endpoint: not found, method not allowed, gone, not implemented. */
export const absentStatuses: readonly number[] = [404, 405, 410, 501];

/** What is wrong with an answer; undefined when it is one to act upon. */
export function troubleIn(response: HttpResponse, now: number): Trouble | undefined {
  const { status } = response;
  const error = oauthError(response);
  const retryAfter = retryAfterOf(response, now);
  const trouble = (reason: string, throttled = false): Trouble => ({
    reason,
    throttled,
    retryAfter,
    permanent: false,
    absent: !error && absentStatuses.includes(status),
  });
  const codeAmong = (codes: readonly number[]): number | undefined =>
    error?.codes.find((code) => codes.includes(code));

  if (status === 429) return trouble('it asks for fewer requests (429)', true);
  const throttlingCode = codeAmong(throttlingCodes);
  if (throttlingCode) return trouble(`it asks for fewer requests (AADSTS${throttlingCode})`, true);
  if (status >= 500) return trouble(`it answered ${status}`);
  if (error && isTransient(error)) {
    const code = codeAmong(transientCodes);
    return trouble(`it has a passing fault (${code ? `AADSTS${code}` : error.error})`);
  }
  if (!jsonObject(response) || (status >= 300 && !error))
    return trouble(
      `something answered ${status} with a text that is no OAuth response (a proxy, or a sign-in page of the network)`,
    );
  return undefined;
}

/** The trouble behind an attempt that threw. Errors other than {@link TransportError} are not trouble: they are thrown on. */
export function troubleBehind(error: unknown): Trouble {
  if (!(error instanceof TransportError)) throw error;
  return {
    reason: error.message,
    throttled: false,
    retryAfter: undefined,
    permanent: error.permanent,
    absent: false,
  };
}

const firstDelay = seconds(1);
const longestDelay = seconds(16);
// Wide enough that 64 runs which started together pass a limit of 10 requests a second with at most 3 requests each.
const throttledSpread = seconds(12);

/**
 * How long to wait before the next attempt. Throttled runs that started together must not come back together, so their
 * waits are spread over a wide window.
 * @param attempt 1 after the first attempt
 * @param random from 0 up to 1
 */
export function delayBefore(trouble: Trouble, attempt: number, random: number): number {
  const backoff = Math.min(firstDelay * 2 ** (attempt - 1), longestDelay);
  if (trouble.throttled) return Math.max(trouble.retryAfter ?? 0, backoff) + random * throttledSpread;
  return Math.max(trouble.retryAfter ?? 0, backoff * (0.75 + random / 2));
}

/** @see https://datatracker.ietf.org/doc/html/rfc9110#section-10.2.3 */
function retryAfterOf({ headers }: HttpResponse, now: number): number | undefined {
  const value = headers['retry-after']?.trim();
  if (!value) return undefined;
  if (/^\d{1,6}$/.test(value)) return seconds(Number(value));
  const date = Date.parse(value);
  // Measured by the server's own clock where it tells the time: this machine's may be wrong by minutes.
  const serverNow = Date.parse(headers['date'] ?? '');
  return Number.isNaN(date) ? undefined : Math.max(0, date - (Number.isNaN(serverNow) ? now : serverNow));
}
