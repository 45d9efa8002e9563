import { type Clock, seconds } from '../../clock.ts';
import { type HttpRequest, type HttpResponse, type Transport, TransportError } from '../../http/transport.ts';

/** What a request to GitHub's REST API needs of the world. */
export interface GithubNetwork {
  readonly transport: Transport;
  readonly clock: Clock;
  /** From 0 up to 1; spreads the attempts of runs that started together. */
  readonly random: () => number;
}

/** Until when a request may be tried. */
export interface Patience {
  /** By the monotonic clock, in milliseconds. */
  readonly until: number;
  readonly signal: AbortSignal;
}

/** GitHub gave no answer to act upon. The message is in this action's own words. */
export class GithubUnavailable extends Error {
  override readonly name = 'GithubUnavailable';
  /** True when trying again cannot help: the certificate is not trusted, or a proxy refuses. */
  readonly permanent: boolean;

  constructor(message: string, options: ErrorOptions & { readonly permanent?: boolean } = {}) {
    super(message, options);
    this.permanent = options.permanent ?? false;
  }
}

const attemptTimeout = seconds(10);
const firstDelay = seconds(1);
const longestDelay = seconds(16);
// What the documentation asks for when a limit names no time.
const unnamedWait = seconds(60);

/**
 * Asks GitHub's REST API, again and again while the reason to fail is a passing one and patience lasts.
 * @throws {GithubUnavailable} when patience, or hope, is at its end
 * @see https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api
 */
export async function askGithub(
  request: HttpRequest,
  { transport, clock, random }: GithubNetwork,
  { until, signal }: Patience,
): Promise<HttpResponse> {
  for (let attempt = 1; ; attempt++) {
    const timeout = Math.min(attemptTimeout, until - clock.monotonic());
    if (timeout <= 0) throw new GithubUnavailable('there was no time left to ask GitHub');
    const outcome = await attemptOnce(request, transport, { timeout, signal }, clock.now());
    if ('status' in outcome) return outcome;

    const backoff = Math.min(firstDelay * 2 ** (attempt - 1), longestDelay) * (0.75 + random() / 2);
    const delay = Math.max(outcome.wait, backoff);
    if (outcome.error.permanent || clock.monotonic() + delay >= until) throw outcome.error;
    await clock.sleep(delay, signal);
  }
}

interface Trouble {
  readonly error: GithubUnavailable;
  /** Milliseconds that GitHub asks to wait. */
  readonly wait: number;
}

async function attemptOnce(
  request: HttpRequest,
  transport: Transport,
  bounds: { readonly timeout: number; readonly signal: AbortSignal },
  now: number,
): Promise<HttpResponse | Trouble> {
  try {
    const response = await transport(request, bounds);
    return troubleIn(response, now) ?? response;
  } catch (cause) {
    if (!(cause instanceof TransportError)) throw cause;
    const message = `GitHub's API could not be reached: ${cause.message}`;
    return { error: new GithubUnavailable(message, { cause, permanent: cause.permanent }), wait: 0 };
  }
}

function troubleIn(response: HttpResponse, now: number): Trouble | undefined {
  const { status } = response;
  if (isRateLimited(response)) {
    const wait = waitAskedFor(response, now);
    const message = `GitHub limits the rate of requests (${status}), and asks to wait ${Math.ceil(wait / 1000)} s`;
    return { error: new GithubUnavailable(message), wait };
  }
  if (status >= 500)
    return {
      error: new GithubUnavailable(`GitHub's API is failing (${status})`),
      wait: retryAfter(response),
    };
  return undefined;
}

/**
 * GitHub answers 403 as well as 429 when a limit is exceeded.
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
  if (headers['retry-after'] !== undefined) return retryAfter(response);
  const reset = headers['x-ratelimit-remaining'] === '0' ? Number(headers['x-ratelimit-reset']) : Number.NaN;
  if (!Number.isFinite(reset)) return unnamedWait;
  // Measured by GitHub's own clock: this machine's may be wrong by minutes.
  const serverNow = Date.parse(headers['date'] ?? '');
  return Math.max(0, seconds(reset) - (Number.isNaN(serverNow) ? now : serverNow));
}

function retryAfter({ headers }: HttpResponse): number {
  const value = headers['retry-after']?.trim() ?? '';
  return /^\d{1,6}$/.test(value) ? seconds(Number(value)) : 0;
}
