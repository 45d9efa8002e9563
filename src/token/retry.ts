import { type Clock, seconds } from '../clock.ts';
import { Failure } from '../failure.ts';
import type { HttpRequest, HttpResponse, Transport } from '../http/transport.ts';
import { delayBefore, type Trouble, troubleBehind, troubleIn } from './transient.ts';

/** One question to Entra and its answer, however many attempts it takes. */
export type Exchange = (request: HttpRequest) => Promise<HttpResponse>;

export interface Network {
  readonly transport: Transport;
  readonly clock: Clock;
  /** From 0 up to 1; spreads the attempts of runs that started together. */
  readonly random: () => number;
  /** Aborted when the run is cancelled. */
  readonly signal?: AbortSignal | undefined;
  /** Told of each attempt that failed, for the debug log. */
  readonly onTrouble?: ((trouble: Trouble, delay: number) => void) | undefined;
}

/** For one attempt: Entra answers in well under a second, a slow proxy in a few. */
export const attemptTimeout = seconds(15);

// A fault of a minute costs time, not the run; a longer one would hold a job that is paid by the minute.
const patience = seconds(90);

/**
 * Tries again what failed for a passing reason. This is done below MSAL: after a 429 or 5xx MSAL refuses the same
 * request locally for a minute or more, and it takes one connection reset for the end of a sign-in.
 * @throws {Failure} `entra-unavailable` when patience, or hope, is at its end
 */
export function retrying(network: Network): Exchange {
  const { clock, random, signal, onTrouble } = network;
  return async (request) => {
    const giveUpAt = clock.now() + patience;
    for (let attempt = 1; ; attempt++) {
      const outcome = await attemptOnce(request, network);
      if ('response' in outcome) return outcome.response;

      const left = giveUpAt - clock.now();
      const wanted = delayBefore(outcome.trouble, attempt, random());
      if (outcome.trouble.permanent || left <= 0 || (outcome.trouble.retryAfter ?? 0) > left) {
        throw unavailable(outcome.trouble, wanted);
      }
      const delay = Math.min(wanted, left);
      onTrouble?.(outcome.trouble, delay);
      await clock.sleep(delay, signal);
    }
  };
}

/** One attempt: an answer to act upon, or the trouble that stood in its way. */
export async function attemptOnce(
  request: HttpRequest,
  { transport, clock, signal }: Network,
): Promise<{ readonly response: HttpResponse } | { readonly trouble: Trouble }> {
  try {
    const response = await transport(request, { timeout: attemptTimeout, signal });
    const trouble = troubleIn(response, clock.now());
    return trouble ? { trouble } : { response };
  } catch (error) {
    return { trouble: troubleBehind(error) };
  }
}

/** @param delay milliseconds until another attempt would make sense */
export function unavailable(trouble: Trouble, delay: number): Failure {
  const wait = trouble.retryAfter !== undefined ? `, and asks to wait ${Math.ceil(delay / 1000)} s` : '';
  return new Failure('entra-unavailable', {
    what: 'Microsoft Entra could not be used.',
    why: `${trouble.reason}${wait}.`,
    fix: trouble.permanent
      ? 'mend the network settings of the runner, then run again. The stored sign-in is untouched.'
      : 'run again in a few minutes. The stored sign-in is untouched, and nobody needs to sign in.',
  });
}
