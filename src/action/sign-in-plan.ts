import type { Failure } from '../failure.ts';
import type { FailedTokens } from '../token/token-outcome.ts';
import type { SignInFlow } from '../token/token-ports.ts';
import type { NeededPrompt } from './sign-in-policy.ts';

/** How this step comes to a sign-in, if a person is needed. Asking it changes nothing. */
export interface SignInPlan {
  /**
   * `in-this-step`: the step shows a code and waits. `begin`: it shows a code, and a later job waits. `finish`: it waits for
   * the sign-in that an earlier job began.
   */
  readonly kind: 'in-this-step' | 'begin' | 'finish';
  /** No stored sign-in is tried. */
  readonly isForced: boolean;
  /** An earlier job began the sign-in itself, whatever a store holds; not so one for a further resource. */
  readonly hasBegunSignIn: boolean;
  /** How the person signs in; undefined for the device code flow in this step. */
  readonly flow: SignInFlow | undefined;
  /**
   * Whether a person may be asked to sign in now.
   * @param scopes for which the person would sign in, of one resource
   * @returns the failure that says why not; undefined when a person may be asked
   */
  refusePrompt(needed: NeededPrompt, scopes: readonly string[]): Failure | undefined;
  /** The error of a run that failed, with what else is to be done under this plan. */
  explain(outcome: FailedTokens): unknown;
}
