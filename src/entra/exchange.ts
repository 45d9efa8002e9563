import { type Clock, seconds } from '../clock.ts';
import { Failure } from '../failure.ts';
import { type Attempt, retry, type TransientError } from '../http/retry-policy.ts';
import type { HttpRequest, HttpResponse, Transport } from '../http/transport.ts';
import type { PlainText } from '../text/plain-text.ts';
import { clockSkew } from './clock-skew.ts';
import { redactEchoes } from './echoed-secrets.ts';
import { isEntra, serverNameFirst } from './server-name.ts';
import { type EntraError, transientErrorBehind, transientErrorIn } from './transient-errors.ts';

/** One request to Entra and its response, however many attempts it takes. */
export type Exchange = (request: HttpRequest) => Promise<HttpResponse>;

export interface Network {
  readonly transport: Transport;
  readonly clock: Clock;
  /** From 0 up to 1; spreads the attempts of runs that started together. */
  readonly random: () => number;
  /** Aborted when the run is cancelled. */
  readonly signal?: AbortSignal | undefined;
  /** A page for a user code may be on this machine, without TLS: for test authorities only. */
  readonly allowsLoopbackPage?: boolean | undefined;
  /** Aborted when a cancelled run has no time left. Until then a response that cannot be repeated is waited for. */
  readonly deadline?: AbortSignal | undefined;
  /** Called before each retry, with the server's name as it begins a sentence. */
  readonly onRetry?: ((error: TransientError, delay: number, server: PlainText) => void) | undefined;
  /** Told by how many milliseconds this machine's clock is ahead of the server's, where it is off; once a response. */
  readonly onSkew?: ((ahead: number) => void) | undefined;
}

/** For one attempt: Entra responds in well under a second, a slow proxy in a few. */
export const attemptTimeout = seconds(15);

// An outage of a minute must not fail the run; a longer one would hold a job that is billed by the minute.
export const retryLimit = seconds(90);

// Entra serves each of its endpoints, so a "not found" from its hosts is of something on the way, and may pass.
const absentRetryLimit = seconds(10);

/** Accepts a response that would be an error from another endpoint. */
type Accepts = (response: HttpResponse) => boolean;

/**
 * Retries what may succeed a moment later. This is done below MSAL: after a 429 or 5xx MSAL refuses the same
 * request locally for a minute or more, and it takes one connection reset for the end of a sign-in.
 * @throws {Failure} `entra-unavailable` when no retry is left, or none can help
 */
export function createRetryingExchange(network: Network, accepts?: Accepts): Exchange {
  return async (request) => {
    const startedAt = network.clock.monotonic();
    const { onRetry } = network;
    return retry(() => attemptOnce(request, network, accepts), {
      ...network,
      lastAttemptAt: (error) => startedAt + retryLimitFor(error, request.url),
      onRetry: (error, delay) => onRetry?.(error, delay, serverNameFirst(request.url)),
      giveUp: (error, delay) => unavailable(error, delay, request.url),
    });
  };
}

function retryLimitFor({ absent }: EntraError, url: string): number {
  if (!absent) return retryLimit;
  return isEntra(url) ? absentRetryLimit : 0;
}

/**
 * One attempt: a response to act upon, which quotes no secret of the request, or why there is none. A
 * cancelled run starts none, and gives up one that is under way, unless it may spend what Entra gives only once.
 */
export async function attemptOnce(
  request: HttpRequest,
  { transport, clock, signal, deadline = signal, onSkew }: Network,
  accepts: Accepts = () => false,
): Promise<Attempt<EntraError>> {
  signal?.throwIfAborted();
  try {
    const bounds = { timeout: attemptTimeout, signal: isTokenRequest(request) ? deadline : signal };
    const response = redactEchoes(request, await transport(request, bounds));
    const error = accepts(response) ? undefined : transientErrorIn(response, clock.now());
    if (error) return { kind: 'failed', error };
    const skew = clockSkew(request, response, clock.now());
    if (skew !== undefined) onSkew?.(skew);
    return { kind: 'response', response };
  } catch (error) {
    return { kind: 'failed', error: transientErrorBehind(error) };
  }
}

/**
 * True for a token request: it may redeem a code, or rotate a refresh token and revoke the one it was sent with. Then only
 * its response holds the sign-in.
 * @see https://datatracker.ietf.org/doc/html/rfc6749#section-6
 */
function isTokenRequest({ method, body }: HttpRequest): boolean {
  return method === 'POST' && new URLSearchParams(body ?? '').has('grant_type');
}

/**
 * @param delay milliseconds until another attempt would make sense
 * @param url of the request
 */
export function unavailable(error: EntraError, delay: number, url: string): Failure {
  const wait = error.retryAfter !== undefined ? `, and asks to wait ${Math.ceil(delay / 1000)} s` : '';
  return new Failure('entra-unavailable', {
    what: `${serverNameFirst(url)} could not be used.`,
    why: `${error.reason}${wait}.`,
    ...adviceFor(error),
    reference: error.reference,
  });
}

function adviceFor({ permanent, absent }: EntraError): { readonly fix: string } {
  if (permanent)
    return {
      fix: 'fix the network settings of the runner, then run again.',
    };
  if (absent)
    return {
      fix: 'check tenant-id and cloud, or authority, and whether a proxy responds in place of the server; then run again.',
    };
  return {
    fix: 'run again in a few minutes.',
  };
}
