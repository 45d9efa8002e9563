import { seconds } from '../clock.ts';
import { type HttpResponse, TransportError } from '../http/transport.ts';
import { jsonObject, oauthError } from './entra-answer.ts';

/** Why an answer says nothing about the sign-in, and when to ask again. */
export interface Trouble {
  /** Completes "Microsoft Entra could not be used: …". */
  readonly reason: string;
  readonly throttled: boolean;
  /** Milliseconds that the server asks to wait; undefined when it does not say. */
  readonly retryAfter: number | undefined;
  readonly permanent: boolean;
}

// Throttled, or transient, whatever the OAuth error beside it says: Entra sends some of these as invalid_grant.
const throttlingCodes = new Set([50196, 90055]);
const transientCodes = new Set([90033, 90006, 90024, 90090, 50033, 70012, 90012]);
const transientErrors = new Set(['temporarily_unavailable', 'server_error']);

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
  });

  if (status === 429) return trouble('it asks for fewer requests (429)', true);
  if (error?.codes.some((code) => throttlingCodes.has(code)))
    return trouble(`it asks for fewer requests (AADSTS${error.codes[0]})`, true);
  if (status >= 500) return trouble(`it answered ${status}`);
  if (error && (transientErrors.has(error.error) || error.codes.some((code) => transientCodes.has(code)))) {
    return trouble(`it has a passing fault (${error.codes[0] ? `AADSTS${error.codes[0]}` : error.error})`);
  }
  if (!jsonObject(response) || (status >= 300 && !error))
    return trouble(
      `something answered ${status} with a text that is not Entra's (a proxy, or a sign-in page of the network)`,
    );
  return undefined;
}

/** The trouble behind an attempt that threw. Errors other than {@link TransportError} are not trouble: they are thrown on. */
export function troubleBehind(error: unknown): Trouble {
  if (!(error instanceof TransportError)) throw error;
  return { reason: error.message, throttled: false, retryAfter: undefined, permanent: error.permanent };
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
