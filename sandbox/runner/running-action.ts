/** An action that is running: its log as it grows, and the ways to wait for it, to signal and to cancel it. */
import { readFile } from 'node:fs/promises';
import { type CancelTimes, platformCancelTimes } from './action-process.ts';
import { type ActionRun, finishRun, type StartedAction } from './action-run.ts';
import type { LogLine } from './step-log.ts';

interface Waiter {
  readonly matches: (line: string) => boolean;
  readonly resolve: (line: string) => void;
  readonly reject: (reason: Error) => void;
  skip: number;
}

export class RunningAction implements AsyncDisposable {
  /** The run when it is over. Rejects where the action exceeds its time. */
  readonly finished: Promise<ActionRun>;
  readonly #action: StartedAction;
  readonly #waiters = new Set<Waiter>();
  #isOver = false;
  #isCancelled = false;

  /** Use `startAction`. */
  constructor(action: StartedAction) {
    this.#action = action;
    this.finished = finishRun(action, () => this.#isCancelled).finally(() => this.#endWaiting());
    // Who only waits for a line is told by that line's promise.
    this.finished.catch(() => undefined);
  }

  /** The visible log so far, masked. */
  get log(): readonly string[] {
    return this.#action.log.lines.map(({ text }) => text);
  }

  /** What the process printed so far, with every secret. */
  get raw(): { readonly stdout: string; readonly stderr: string } {
    return { ...this.#action.process.raw };
  }

  /** Lines of standard output so far, with every secret. */
  get rawLines(): readonly string[] {
    return this.#action.process.raw.stdout.split(/\r\n|\r|\n/);
  }

  /**
   * Waits for a line of the visible log, one that is there already included.
   *
   * @param options `skip`: how many matching lines to let pass first.
   * @throws where the action ends before.
   */
  line(
    pattern: RegExp | ((line: string) => boolean),
    { skip = 0 }: { readonly skip?: number } = {},
  ): Promise<string> {
    const matches = typeof pattern === 'function' ? pattern : (line: string) => line.search(pattern) >= 0;
    const seen = this.log.filter(matches);
    const found = seen[skip];
    if (found !== undefined) return Promise.resolve(found);
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    const waiter = { matches, resolve, reject, skip: skip - seen.length };
    if (this.#isOver) reject(this.#ended());
    else this.#waiters.add(waiter);
    return promise;
  }

  /** What is in the summary file now, although the platform shows it only when the job has ended. */
  async summaryNow(): Promise<string> {
    const { summary } = this.#action.files;
    return summary === undefined ? '' : await readFile(summary, 'utf8');
  }

  signal(name: NodeJS.Signals): void {
    this.#action.process.signal(name);
  }

  /**
   * Cancels as the platform does: SIGINT, 7.5 s, SIGTERM, 2.5 s, SIGKILL.
   *
   * @param times other waiting times.
   */
  async cancel(times: Partial<CancelTimes> = {}): Promise<ActionRun> {
    this.#isCancelled = true;
    await this.#action.process.cancel({ ...platformCancelTimes, ...times });
    return await this.finished;
  }

  /** Ends the action if it still runs, and removes its folders. */
  async dispose(): Promise<void> {
    this.#action.process.kill();
    await this.finished.catch(() => undefined);
    await this.#action.folders[Symbol.asyncDispose]();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.dispose();
  }

  /** Called with each visible line. */
  notice({ text }: LogLine): void {
    for (const waiter of this.#waiters) {
      if (!waiter.matches(text)) continue;
      waiter.skip -= 1;
      if (waiter.skip >= 0) continue;
      this.#waiters.delete(waiter);
      waiter.resolve(text);
    }
  }

  #endWaiting(): void {
    this.#isOver = true;
    for (const { reject } of this.#waiters) reject(this.#ended());
    this.#waiters.clear();
  }

  #ended(): Error {
    return new Error(`The action ended before the line came. Its log:\n${this.log.join('\n')}`);
  }
}
