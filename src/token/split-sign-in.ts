import { minutes } from '../clock.ts';
import { createCodeExchange } from '../entra/device-endpoint.ts';
import { type DeviceCode, type DeviceCodeDisplay, deviceCodeExchange } from '../entra/device-flow.ts';
import { jsonObject } from '../entra/error-response.ts';
import { Failure } from '../failure.ts';
import type { HttpResponse } from '../http/transport.ts';
import { acquireTokenByDeviceCode } from './sign-in.ts';
import type { PendingSignIn, SignInFlow, WantedSignIn } from './token-ports.ts';

/** Ends MSAL's flow once the code is shown: MSAL would go on to poll. */
class CodeShown extends Error {
  override readonly name = 'CodeShown';
}

// No step waits longer than this.
const longestLifetime = minutes(60);

/**
 * Asks for a code and shows it, and no more.
 * @throws {Failure} when there is no code
 */
export const beginSignIn: SignInFlow = async (wanted, ports) => {
  const { request } = wanted;
  const { network, person } = ports;
  let response: HttpResponse | undefined;
  let shown: DeviceCode | undefined;
  const display: DeviceCodeDisplay = {
    async show(code) {
      await person.show(code, 'later');
      shown = code;
    },
    reminderInterval: person.reminderInterval,
    remind: () => undefined,
  };
  const exchange = createCodeExchange(network, request);
  const showing = deviceCodeExchange(network, display, {
    context: request,
    timeout: longestLifetime,
    async askForCode(asked) {
      response = await exchange(asked);
      return response;
    },
  });
  try {
    return await acquireTokenByDeviceCode(wanted, ports, async (asked) => {
      if (shown) throw new CodeShown();
      return showing(asked);
    });
  } catch (error) {
    if (!(error instanceof CodeShown && shown && response)) throw error;
    return { kind: 'pending', code: shown, pending: pendingOf(response, shown, wanted) };
  }
};

function pendingOf(
  response: HttpResponse,
  { waitUntil }: DeviceCode,
  { claims, request: { scopes, forceSignIn } }: WantedSignIn,
): PendingSignIn {
  const body = jsonObject(response) ?? {};
  return { answer: body, scopes, expiresAt: waitUntil, claims, isForced: forceSignIn };
}

/** True when it is the sign-in for these scopes of one resource. */
export function isFor({ scopes }: PendingSignIn, wanted: readonly string[]): boolean {
  return scopes.join(' ').toLowerCase() === wanted.join(' ').toLowerCase();
}

/**
 * Waits for the person to whom another process has shown the code: MSAL's request for a code gets the saved response. For
 * another resource than the one that was begun, a code is asked for here.
 */
export function finishSignIn(pending: PendingSignIn): SignInFlow {
  return async (wanted, ports) => {
    const { request } = wanted;
    if (!isFor(pending, request.scopes)) return acquireTokenByDeviceCode(wanted, ports);
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
      reminderInterval: person.reminderInterval,
      remind: (code, remaining) => person.remind(code, remaining),
    };
    const exchange = deviceCodeExchange(network, display, {
      context: request,
      timeout: request.signInTimeout,
      askForCode: async () => saved,
    });
    return acquireTokenByDeviceCode({ ...wanted, claims: pending.claims }, ports, exchange);
  };
}

/** Reads a pending sign-in that was sealed; undefined when it is none. */
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
    why: 'its code has expired and is no longer accepted.',
    fix: 'run again and enter the new code.',
  });
}
