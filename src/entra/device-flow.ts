import { minutes, seconds } from '../clock.ts';
import { Failure } from '../failure.ts';
import { delayBefore } from '../http/retry-policy.ts';
import type { HttpRequest, HttpResponse } from '../http/transport.ts';
import { SecretRuns } from '../text/secret-runs.ts';
import { createCodeExchange, deviceCodeFailure } from './device-endpoint.ts';
import type { EntraContext } from './entra-failure.ts';
import { jsonObject, oauthError } from './error-response.ts';
import { attemptOnce, createRetryingExchange, type Exchange, type Network, unavailable } from './exchange.ts';
import { serverName, serverNameFirst } from './server-name.ts';
import type { EntraError } from './transient-errors.ts';
import { readSignInPage, type SignInPage } from './verification-page.ts';

/** What a person needs to sign in. Not secret: the code is made to be read aloud. */
export interface DeviceCode extends SignInPage {
  readonly userCode: string;
  /** As the server sent it; an http or https URL. */
  readonly verificationUri: string;
  /**
   * When waiting ends, milliseconds since the epoch: the code's own end, or an earlier one that the user set. For people
   * and for other processes; this one waits by the monotonic clock.
   */
  readonly waitUntil: number;
}

/** Who waits for the person: this process, a later one, or this one for a sign-in that an earlier one began. */
export type Waiting = 'here' | 'later' | 'begun-before';

/** Where the code is shown. */
export interface DeviceCodeDisplay {
  /** Shows the code; polling starts when this is done. */
  show(code: DeviceCode, waiting?: Waiting): Promise<void>;
  /** Milliseconds between reminders. */
  readonly reminderInterval: number;
  /** Shows the code again: whoever opens the log late sees only its end. */
  remind(code: DeviceCode, millisecondsLeft: number): void;
}

const defaultInterval = seconds(5);
const defaultLifetime = minutes(15);
const shortestInterval = seconds(1);
const slowDownStep = seconds(5);

/** How one device code flow is carried out. */
export interface DeviceFlow {
  readonly context: EntraContext;
  /** Milliseconds to wait for the person, at the most. */
  readonly timeout: number;
  /** Obtains the code; without it the authority is asked. */
  readonly askForCode?: Exchange;
}

/**
 * Responds to MSAL's requests of one device code flow. MSAL is told to poll without a pause and gets one response to its
 * first poll, the final one: the pace, and all that can go wrong while a person signs in, is handled here, on a timer that
 * can be aborted.
 * @see https://datatracker.ietf.org/doc/html/rfc8628#section-3.3
 */
export function deviceCodeExchange(
  network: Network,
  display: DeviceCodeDisplay,
  { context, timeout, askForCode = createCodeExchange(network, context) }: DeviceFlow,
): Exchange {
  const exchange = createRetryingExchange(network);
  let pending: PendingCode | undefined;

  return async (request) => {
    if (/\/devicecode(\?|$)/.test(request.url)) {
      const response = await askForCode(request);
      pending = readDeviceCode(response, request, { network, timeout, context });
      await display.show(pending.code);
      // The lifetime is limited here too: MSAL would end the wait after a number that it did not check.
      const forMsal = { ...jsonObject(response), interval: 0, expires_in: timeout / 1000 };
      return { ...response, body: JSON.stringify(forMsal) };
    }
    if (pending && request.method === 'POST') {
      const polledFrom = network.clock.now();
      const response = await pollForToken(request, pending, { network, display });
      return adjustLifetimes(polledFrom, network.clock.now(), response);
    }
    return exchange(request);
  };
}

interface PendingCode {
  readonly code: DeviceCode;
  readonly interval: number;
  /** By the monotonic clock, in milliseconds. */
  readonly giveUpAt: number;
}

interface Wait {
  readonly network: Network;
  readonly timeout: number;
  readonly context: EntraContext;
}

function readDeviceCode(
  response: HttpResponse,
  request: HttpRequest,
  { network: { clock, allowsLoopbackPage = false }, timeout, context }: Wait,
): PendingCode {
  const body = jsonObject(response) ?? {};
  const userCode = userCodeIn(body);
  const secret = body['device_code'];
  if (userCode === undefined || typeof secret !== 'string')
    throw deviceCodeFailure(response, request, context);
  const page = readSignInPage(body, context.authority.url, allowsLoopbackPage);
  const shown = `${userCode} ${page.verificationUri}`;
  if (new SecretRuns([secret]).hide(shown) !== shown) throw codeRevealsSecret();

  const lifetime = secondsIn(body['expires_in']) ?? defaultLifetime;
  const interval = Math.max(secondsIn(body['interval']) ?? defaultInterval, shortestInterval);
  const wait = Math.min(lifetime, timeout);
  const code = { ...page, userCode, waitUntil: clock.now() + wait };
  return { code, interval, giveUpAt: clock.monotonic() + wait };
}

/** It is shown unchanged or not at all: a code that was made harmless would not be accepted. */
function userCodeIn(body: Readonly<Record<string, unknown>>): string | undefined {
  const code = typeof body['user_code'] === 'string' ? body['user_code'].trim() : '';
  return /^[\p{L}\p{N}](?:[\p{L}\p{N} _-]{0,62}[\p{L}\p{N}])?$/u.test(code) ? code : undefined;
}

function codeRevealsSecret(): Failure {
  return new Failure('entra-refused', {
    what: 'The sign-in was not started: the server gave its secret away.',
    why: 'the code or the address that a person is to see holds a part of the device code, with which anybody could take the token. No code was shown.',
    fix: 'check tenant-id and cloud, or authority. If they are right, tell whoever runs the authority.',
  });
}

/** As milliseconds. Some authorities send the number as text. */
function secondsIn(value: unknown): number | undefined {
  const count = typeof value === 'string' && /^\d{1,6}$/.test(value) ? Number(value) : value;
  return typeof count === 'number' && count > 0 ? seconds(count) : undefined;
}

/**
 * @throws {Failure} `sign-in-expired`; `entra-unavailable` when it could not be asked at the end, or never can be
 * @see https://datatracker.ietf.org/doc/html/rfc8628#section-3.5
 */
async function pollForToken(
  request: HttpRequest,
  pending: PendingCode,
  { network, display }: { readonly network: Network; readonly display: DeviceCodeDisplay },
): Promise<HttpResponse> {
  const { clock, random, onRetry } = network;
  const { giveUpAt } = pending;
  const pause = createPause(pending, network, display);
  let { interval } = pending;
  let wait = interval;
  let failures = 0;
  let lastError: EntraError | undefined;

  while (clock.monotonic() < giveUpAt) {
    await pause(Math.min(wait, giveUpAt - clock.monotonic()));
    const outcome = await attemptOnce(request, network);
    if (outcome.kind === 'failed') {
      lastError = outcome.error;
      failures++;
      wait = Math.max(interval, delayBefore(lastError, failures, random()));
      if (lastError.permanent) throw unavailable(lastError, wait, request.url);
      onRetry?.(lastError, wait, serverNameFirst(request.url));
      continue;
    }
    lastError = undefined;
    const error = oauthError(outcome.response)?.error;
    if (error !== 'authorization_pending' && error !== 'slow_down') return outcome.response;
    if (error === 'slow_down') interval += slowDownStep;
    failures = 0;
    wait = interval;
  }
  throw lastError ? pollingFailure(lastError, request.url) : signInTimeout();
}

/** Waits, and shows the code again whenever it has not been shown for a while, however long one wait is. */
function createPause(
  { code, giveUpAt }: PendingCode,
  { clock, signal }: Network,
  display: DeviceCodeDisplay,
): (milliseconds: number) => Promise<void> {
  const { reminderInterval } = display;
  let shownAt = clock.monotonic();
  return async (milliseconds) => {
    const end = clock.monotonic() + milliseconds;
    for (;;) {
      const now = clock.monotonic();
      if (now - shownAt >= reminderInterval) {
        shownAt = now;
        display.remind(code, Math.max(0, giveUpAt - now));
      }
      if (now >= end) return;
      await clock.sleep(Math.min(end, shownAt + reminderInterval) - now, signal);
    }
  };
}

/**
 * MSAL counts a token's lifetime from the moment at which it began to poll. Here that was long ago, and the clock may have
 * been set since: the lifetime that it is told leads to the right instant.
 */
function adjustLifetimes(polledFrom: number, now: number, response: HttpResponse): HttpResponse {
  const body = jsonObject(response);
  const shift = (now - polledFrom) / 1000;
  if (!body || body['expires_in'] === undefined) return response;
  const shifted = ['expires_in', 'ext_expires_in', 'refresh_in'].flatMap((name) => {
    const lifetime = Number(body[name] ?? Number.NaN);
    return Number.isFinite(lifetime) ? [[name, Math.round(lifetime + shift)] as const] : [];
  });
  return { ...response, body: JSON.stringify({ ...body, ...Object.fromEntries(shifted) }) };
}

/** Somebody may have signed in meanwhile, and then the code is used up. */
function pollingFailure({ reason, reference }: EntraError, url: string): Failure {
  return new Failure('entra-unavailable', {
    what: `${serverNameFirst(url)} could not be asked whether somebody signed in.`,
    why: `until the code expired or sign-in-timeout-minutes was over, ${reason}.`,
    fix: `run again when ${serverName(url)} can be used, and enter the new code, even if you entered this one.`,
    reference,
  });
}

function signInTimeout(): Failure {
  return new Failure('sign-in-expired', {
    what: 'Nobody signed in in time.',
    why: 'nobody used the code before it expired or sign-in-timeout-minutes was over.',
    fix: 'run again, open the log at once, and enter the new code.',
  });
}
