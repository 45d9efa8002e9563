import { systemClock } from '../clock.ts';
import { warningOfSkew } from '../entra/clock-skew.ts';
import type { Network } from '../entra/exchange.ts';
import { allowsLoopbackPage } from '../entra/loopback-page.ts';
import { Failure } from '../failure.ts';
import type { Transport } from '../http/transport.ts';
import { exitWithFailure, exitWithSuccess } from '../process-exit.ts';
import { longestLine, plain, plainText } from '../text/plain-text.ts';
import { cancellationBudget, onCancellation, withGrace } from './cancellation.ts';
import { exitSoon } from './exit-soon.ts';
import { runnerLog } from './log.ts';
import { writeOutputs } from './output-file.ts';
import { reportFailure } from './outputs.ts';
import { formatStores } from './save-sign-in.ts';
import type { SavedSignIn, Step, StepResult } from './step.ts';
import { startWatchdog } from './watchdog.ts';

/**
 * This process as the step. It ends once: after an unexpected error the run continues for a moment and must not set
 * outputs; after the outputs are set, nothing takes them back.
 */
export class ProcessStep implements Step {
  readonly environment: NodeJS.ProcessEnv;
  readonly clock = systemClock;
  readonly log = runnerLog;
  readonly signal = onCancellation();
  readonly deadline = withGrace(this.signal, cancellationBudget);
  readonly network: Network;
  readonly #watchdog = startWatchdog();
  #isOver = false;
  #exitCode: 0 | 1 = 1;
  /** What it holds may be the only copy. */
  #saving: Promise<unknown> = Promise.resolve();
  #saved: SavedSignIn | undefined;

  constructor(environment: NodeJS.ProcessEnv) {
    this.environment = environment;
    this.network = {
      transport,
      clock: this.clock,
      random: Math.random,
      signal: this.signal,
      deadline: this.deadline,
      allowsLoopbackPage: allowsLoopbackPage(environment),
      onRetry: ({ reason }, delay, server) =>
        this.log.info(
          plain`${server} could not be used: ${plainText(reason, longestLine)}. Retrying in ${Math.ceil(delay / 1000)} s.`,
        ),
      onSkew: warningOfSkew(this.log.warning),
    };
    process.on('uncaughtException', (error) => this.#fail(error));
    process.on('unhandledRejection', (error) => this.#fail(error));
    // Also when nothing is left to wait for because something never came: Node would end silently. And a library may end the
    // process as if the step were a success.
    process.on('exit', () => {
      this.#fail(endedEarly());
      process.exitCode = this.#exitCode;
    });
  }

  allow(milliseconds: number): void {
    this.#watchdog.allow(milliseconds);
  }

  async saving(save: Promise<SavedSignIn>): Promise<SavedSignIn> {
    this.#saving = save;
    this.#saved = await save;
    return this.#saved;
  }

  /**
   * Ends the step with what the run came to: outputs, or one message that says why there are none. What the process still
   * waits for, such as a connection that hangs, does not hold it. Never throws.
   * @returns the exit code
   */
  async end(running: Promise<StepResult>): Promise<0 | 1> {
    try {
      const { outputs, lines } = await running;
      if (this.#isOver) return this.#exitCode;
      this.signal.throwIfAborted();
      for (const line of lines) this.log.info(line);
      writeOutputs(outputs);
      this.#isOver = true;
      this.#exitCode = 0;
      exitSoon(() => Promise.resolve(), exitWithSuccess);
    } catch (error) {
      this.#fail(error);
    }
    return this.#exitCode;
  }

  #fail(error: unknown): void {
    if (this.#isOver) return;
    this.#isOver = true;
    const reason: unknown = this.signal.aborted ? this.signal.reason : error;
    reportFailure(reason, formatStores(this.#saved?.stores ?? []), this.environment);
    exitSoon(() => this.#saving, exitWithFailure);
  }
}

// Most runs make no request, and node:https takes as long to load as MSAL.
const transport: Transport = async (request, bounds) => {
  const { httpsTransport } = await import('../http/https-transport.ts');
  return httpsTransport(request, bounds);
};

function endedEarly(): Failure {
  return new Failure('internal-error', {
    what: 'The step ended before it was done.',
    why: 'something that it waited for, such as a connection, ended without an error.',
    fix: 'run again. If it happens again, report it with this message, but without a token or a cache.',
  });
}
