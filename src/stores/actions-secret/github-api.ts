import { type Clock, seconds } from '../../clock.ts';
import {
  type Attempt,
  retry,
  retryAfterIn,
  serverTime,
  type TransientError,
} from '../../http/retry-policy.ts';
import { type HttpRequest, type HttpResponse, type Transport, TransportError } from '../../http/transport.ts';
import { attemptTimeout, defaultRetryAfter, shortestAttempt } from './secret-time-limits.ts';

/** What a request to GitHub's REST API needs. */
export interface GithubNetwork {
  readonly transport: Transport;
  readonly clock: Clock;
  /** From 0 up to 1; spreads the attempts of runs that started together. */
  readonly random: () => number;
}

/** Until when a request may be retried. */
export interface Deadline {
  /** By the monotonic clock, in milliseconds. */
  readonly until: number;
  readonly signal: AbortSignal;
}

/** There is no response from GitHub to act upon. The message is in this action's own words. */
export class GithubUnavailable extends Error {
  override readonly name = 'GithubUnavailable';
  /** True when trying again cannot help: the certificate is not trusted, or a proxy refuses. */
  readonly permanent: boolean;

  constructor(message: string, options: ErrorOptions & { readonly permanent?: boolean } = {}) {
    super(message, options);
    this.permanent = options.permanent ?? false;
  }
}

/**
 * Sends a request to GitHub's REST API, and retries it while the failure may pass and time is left.
 * @throws {GithubUnavailable} when there is no response to act upon
 * @see https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api
 */
export async function askGithub(
  request: HttpRequest,
  network: GithubNetwork,
  { until, signal }: Deadline,
): Promise<HttpResponse> {
  const { clock } = network;
  const attempt = (): Promise<Attempt<GithubError>> => {
    const timeout = Math.min(attemptTimeout, until - clock.monotonic());
    if (timeout <= 0) throw new GithubUnavailable('there was no time left to ask GitHub');
    return attemptOnce(request, network, { timeout, signal });
  };
  return retry(attempt, {
    ...network,
    signal,
    lastAttemptAt: () => until - shortestAttempt,
    giveUp: ({ reason, permanent, cause }) => new GithubUnavailable(reason, { permanent, cause }),
  });
}

interface GithubError extends TransientError {
  readonly cause: unknown;
}

async function attemptOnce(
  request: HttpRequest,
  { transport, clock }: GithubNetwork,
  bounds: { readonly timeout: number; readonly signal: AbortSignal },
): Promise<Attempt<GithubError>> {
  try {
    const response = await transport(request, bounds);
    const error = transientErrorIn(response, clock.now());
    return error ? { kind: 'failed', error } : { kind: 'response', response };
  } catch (cause) {
    if (!(cause instanceof TransportError)) throw cause;
    const reason = `GitHub's API could not be reached: ${cause.message}`;
    const { permanent } = cause;
    return { kind: 'failed', error: { reason, permanent, throttled: false, retryAfter: undefined, cause } };
  }
}

function transientErrorIn(response: HttpResponse, now: number): GithubError | undefined {
  const { status } = response;
  const because = (reason: string, throttled: boolean, retryAfter: number | undefined): GithubError => ({
    reason,
    throttled,
    retryAfter,
    permanent: false,
    cause: undefined,
  });
  if (isRateLimited(response)) {
    const wait = waitAskedFor(response, now);
    const reason = `GitHub limits the rate of requests (${status}), and asks to wait ${Math.ceil(wait / 1000)} s`;
    return because(reason, true, wait);
  }
  if (status < 500) return undefined;
  return because(`GitHub's API is failing (${status})`, false, retryAfterIn(response, now));
}

/**
 * GitHub responds with 403 as well as 429 when a limit is exceeded.
 * @see https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit
 */
function isRateLimited({ status, headers, body }: HttpResponse): boolean {
  if (status === 429) return true;
  if (status !== 403) return false;
  return (
    headers['retry-after'] !== undefined ||
    headers['x-ratelimit-remaining'] === '0' ||
    /\b(rate limit|abuse detection)\b/i.test(body)
  );
}

function waitAskedFor(response: HttpResponse, now: number): number {
  const { headers } = response;
  const asked = retryAfterIn(response, now);
  if (asked !== undefined) return asked;
  const reset = headers['x-ratelimit-remaining'] === '0' ? Number(headers['x-ratelimit-reset']) : Number.NaN;
  return Number.isFinite(reset) ? Math.max(0, seconds(reset) - serverTime(response, now)) : defaultRetryAfter;
}
