import type { Clock } from '../clock.ts';
import type { Network } from '../entra/exchange.ts';
import type { SignInStore } from '../stores/sign-in-store.ts';
import type { PlainText } from '../text/plain-text.ts';
import type { Log } from './log.ts';
import type { Outputs } from './output-file.ts';

/** The step of a job that this process runs: everything outside that a run uses. */
export interface Step {
  /** The environment of the process. */
  readonly environment: NodeJS.ProcessEnv;
  readonly clock: Clock;
  readonly log: Log;
  /** For requests to the authority and to GitHub's API. */
  readonly network: Network;
  /** Aborted when the run is cancelled. */
  readonly signal: AbortSignal;
  /** Aborted when a cancelled run has no time left for what must not be lost. */
  readonly deadline: AbortSignal;
  /** From now on the run may take that many milliseconds. If it takes much longer, it is ended. */
  allow(milliseconds: number): void;
  /** Registers the save in progress: the process waits for it, and a later failure mentions it. */
  saving(save: Promise<SavedSignIn>): Promise<SavedSignIn>;
}

/** What became of saving a sign-in. */
export interface SavedSignIn {
  /** The stores that were written. */
  readonly stores: readonly SignInStore[];
  /** When the sign-in was last refreshed, milliseconds since the epoch; 0 where it is not known. */
  readonly refreshedAt: number;
}

/** What a step that succeeds leaves. */
export interface StepResult {
  readonly outputs: Outputs;
  /** What the log says of them. */
  readonly lines: readonly PlainText[];
}
