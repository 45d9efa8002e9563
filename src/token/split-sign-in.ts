import { minutes } from '../clock.ts';
import { askingForCode } from '../entra/device-endpoint.ts';
import { type DeviceCode, type DeviceCodeDisplay, deviceCodeExchange } from '../entra/device-flow.ts';
import { jsonObject } from '../entra/error-response.ts';
import { Failure } from '../failure.ts';
import type { HttpResponse } from '../http/transport.ts';
import { acquireTokenByDeviceCode, type SignInFlow } from './sign-in.ts';
import { entraContext, type TokenRequest } from './token-request.ts';

/** A sign-in that one process has begun, for another to finish. It holds the device code, which is a secret. */
export interface PendingSignIn {
  /**
   * What Entra answered to the request for a code.
   * @see https://datatracker.ietf.org/doc/html/rfc8628#section-3.2
   */
  readonly answer: Readonly<Record<string, unknown>>;
  /** For which the person signs in: those of one resource. */
  readonly scopes: readonly string[];
  /** When the code dies, milliseconds since the epoch. */
  readonly expiresAt: number;
  /** What the sign-in must satisfy, as JSON; empty for nothing. */
  readonly claims: string;
  /** It was begun to change the person or to renew early, so a stored sign-in must not take its place. */
  readonly isForced: boolean;
}

/** There is no token yet: the code is shown, and this process does not wait for the person. */
export class SignInPending extends Error {
  override readonly name = 'SignInPending';
  readonly code: DeviceCode;
  readonly signIn: PendingSignIn;

  constructor(code: DeviceCode, signIn: PendingSignIn) {
    super('The sign-in was begun, and is to be finished elsewhere.');
    this.code = code;
    this.signIn = signIn;
  }
}

// No step waits longer, so a code that lives longer is of no use.
const longestLifetime = minutes(60);

/**
 * Asks for a code and shows it, and no more.
 * @throws {SignInPending} always, when the code is shown
 * @throws {Failure} when there is no code
 */
export const beginSignIn: SignInFlow = (request, claims, ports, cache) => {
  const { network, person } = ports;
  let answer: HttpResponse | undefined;
  let shown: DeviceCode | undefined;
  const display = {
    async show(code: DeviceCode): Promise<void> {
      await person.show(code, 'later');
      shown = code;
    },
    remind: () => undefined,
  };
  const context = entraContext(request);
  const exchange = askingForCode(network, context);
  const showing = deviceCodeExchange(network, display, longestLifetime, context, async (asked) => {
    answer = await exchange(asked);
    return answer;
  });

  return acquireTokenByDeviceCode(request, claims, ports, cache, async (asked) => {
    // After the code MSAL wants to poll.
    if (shown && answer) throw new SignInPending(shown, pendingOf(answer, shown, claims, request));
    return showing(asked);
  });
};

function pendingOf(
  answer: HttpResponse,
  { waitUntil }: DeviceCode,
  claims: string,
  { scopes, forceSignIn }: TokenRequest,
): PendingSignIn {
  const body = jsonObject(answer) ?? {};
  return { answer: body, scopes, expiresAt: waitUntil, claims, isForced: forceSignIn };
}

/** True when it is the sign-in for these scopes of one resource. */
export function isFor({ scopes }: PendingSignIn, wanted: readonly string[]): boolean {
  return scopes.join(' ').toLowerCase() === wanted.join(' ').toLowerCase();
}

/**
 * Waits for the person to whom another process has shown the code: MSAL's request for a code gets the saved answer. For
 * another resource than the one that was begun, a code is asked for here.
 */
export function finishSignIn(pending: PendingSignIn): SignInFlow {
  return async (request, claims, ports, cache) => {
    if (!isFor(pending, request.scopes)) return acquireTokenByDeviceCode(request, claims, ports, cache);
    const { network, person } = ports;
    const left = pending.expiresAt - network.clock.now();
    if (left <= 0) throw hasExpired();
    const saved: HttpResponse = {
      status: 200,
      headers: {},
      body: JSON.stringify({ ...pending.answer, expires_in: left / 1000 }),
    };
    const display: DeviceCodeDisplay = {
      show: (code) => person.show(code, 'begun-before'),
      remind: (code, remaining) => person.remind(code, remaining),
    };
    const context = entraContext(request);
    const exchange = deviceCodeExchange(network, display, request.signInTimeout, context, async () => saved);
    return acquireTokenByDeviceCode(request, pending.claims, ports, cache, exchange);
  };
}

/** What was kept as a pending sign-in; undefined when it is none. */
export function readPendingSignIn(value: unknown): PendingSignIn | undefined {
  const { answer, scopes, expiresAt, claims, isForced } = Object(value) as Record<string, unknown>;
  const isWhole =
    typeof Object(answer)['device_code'] === 'string' &&
    Array.isArray(scopes) &&
    Number.isFinite(expiresAt) &&
    typeof claims === 'string' &&
    typeof isForced === 'boolean';
  return isWhole ? ({ answer, scopes, expiresAt, claims, isForced } as PendingSignIn) : undefined;
}

function hasExpired(): Failure {
  return new Failure('sign-in-expired', {
    what: 'The pending sign-in has expired.',
    why: 'its code was shown too long ago, and is not accepted any more.',
    fix: 'run again and enter the new code.',
  });
}
