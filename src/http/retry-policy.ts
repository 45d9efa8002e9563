import { type Clock, seconds } from '../clock.ts';
import type { HttpResponse } from './transport.ts';

/** Why a request failed that another attempt may do better, in words that complete "SERVER could not be used: …". */
export interface TransientError {
  readonly reason: string;
  /** The server asks for fewer requests. */
  readonly throttled: boolean;
  /** Milliseconds that the server asks to wait; undefined when it does not say. */
  readonly retryAfter: number | undefined;
  /** True when no other attempt can do better: the certificate is not trusted, or a proxy refuses. */
  readonly permanent: boolean;
}

/** What one attempt came to. */
export type Attempt<E extends TransientError> =
  | { readonly kind: 'response'; readonly response: HttpResponse }
  | { readonly kind: 'failed'; readonly error: E };

/** How requests to one server are retried. */
export interface Retries<E extends TransientError> {
  readonly clock: Clock;
  /** From 0 up to 1; spreads the attempts of runs that started together. */
  readonly random: () => number;
  /** Ends a wait at once, with its reason as the error. */
  readonly signal?: AbortSignal | undefined;
  /** When the last attempt may begin, by the monotonic clock, in milliseconds. */
  readonly lastAttemptAt: (error: E) => number;
  /** Called before each wait. */
  readonly onRetry?: ((error: E, delay: number) => void) | undefined;
  /** Makes the error to throw. `delay`: the milliseconds after which another attempt would make sense. */
  readonly giveUp: (error: E, delay: number) => Error;
}

/**
 * Retries a request until there is a response to act upon, with longer waits each time. The last attempt begins when the
 * time is up, and not before.
 * @throws what `giveUp` makes, when no attempt is left or none can help; what `attempt` throws
 */
export async function retry<E extends TransientError>(
  attempt: () => Promise<Attempt<E>>,
  { clock, random, signal, lastAttemptAt, onRetry, giveUp }: Retries<E>,
): Promise<HttpResponse> {
  for (let count = 1; ; count++) {
    const outcome = await attempt();
    if (outcome.kind === 'response') return outcome.response;

    const { error } = outcome;
    const left = lastAttemptAt(error) - clock.monotonic();
    const wanted = delayBefore(error, count, random());
    if (error.permanent || left <= 0 || (error.retryAfter ?? 0) > left) throw giveUp(error, wanted);
    const delay = Math.min(wanted, left);
    onRetry?.(error, delay);
    await clock.sleep(delay, signal);
  }
}

const firstDelay = seconds(1);
const longestDelay = seconds(16);
// Wide enough that 64 runs which started together pass a limit of 10 requests a second with at most 3 requests each.
const throttledSpread = seconds(12);

/**
 * How long to wait before the next attempt, in milliseconds. Throttled runs that started together must not come back
 * together, so their waits are spread over a wide window.
 * @param attempts how many there were
 * @param random from 0 up to 1
 */
export function delayBefore(
  { throttled, retryAfter = 0 }: Pick<TransientError, 'throttled' | 'retryAfter'>,
  attempts: number,
  random: number,
): number {
  const backoff = Math.min(firstDelay * 2 ** (attempts - 1), longestDelay);
  if (throttled) return Math.max(retryAfter, backoff) + random * throttledSpread;
  return Math.max(retryAfter, backoff * (0.75 + random / 2));
}

/**
 * The wait that `Retry-After` asks for, in milliseconds: it is a number of seconds or a date. Undefined without one.
 * @param now milliseconds since the epoch
 * @see https://datatracker.ietf.org/doc/html/rfc9110#section-10.2.3
 */
export function retryAfterIn({ headers }: Pick<HttpResponse, 'headers'>, now: number): number | undefined {
  const value = headers['retry-after']?.trim();
  if (!value) return undefined;
  if (/^\d{1,6}$/.test(value)) return seconds(Number(value));
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - serverTime({ headers }, now));
}

/**
 * The time by the server's own clock, where it tells it: this machine's may be wrong by minutes.
 * @param now milliseconds since the epoch, by this machine's clock
 * @see https://datatracker.ietf.org/doc/html/rfc9110#section-6.6.1
 */
export function serverTime({ headers }: Pick<HttpResponse, 'headers'>, now: number): number {
  const time = Date.parse(headers['date'] ?? '');
  return Number.isNaN(time) ? now : time;
}
