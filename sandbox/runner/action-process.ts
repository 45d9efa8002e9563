/** The process of an action: started, read line by line, and ended, with the processes it started itself. */
import { type ChildProcess, spawn } from 'node:child_process';
import { LineReader } from './line-reader.ts';

export interface ProcessEnd {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** Milliseconds the platform waits after SIGINT, and after the SIGTERM that follows. */
export interface CancelTimes {
  readonly afterInterrupt: number;
  readonly afterTerminate: number;
}

/** @see https://github.com/actions/runner/blob/main/src/Runner.Sdk/ProcessInvoker.cs */
export const platformCancelTimes: CancelTimes = { afterInterrupt: 7_500, afterTerminate: 2_500 };

/** How long the runner waits, after the process is gone, for others that hold its output open. */
const outputGraceMilliseconds = 5_000;

const running = new Set<ActionProcess>();
process.once('exit', () => {
  for (const action of running) action.kill();
});

export class ActionProcess {
  readonly raw = { stdout: '', stderr: '' };
  /** Settles when the process has ended and all its output was read. */
  readonly ended: Promise<ProcessEnd>;
  /** On the clock of `performance.now()`. */
  readonly startedAt = performance.now();
  readonly #child: ChildProcess;
  #isOver = false;

  constructor(
    script: string,
    cwd: string,
    env: Readonly<Record<string, string>>,
    onLine: (line: string) => void,
  ) {
    // A group of its own, so that nothing the action starts outlives the run.
    const detached = process.platform !== 'win32';
    const stdio = ['ignore', 'pipe', 'pipe'] as const;
    this.#child = spawn(process.execPath, [script], { cwd, env, detached, stdio: [...stdio] });
    running.add(this);
    this.#read('stdout', onLine);
    this.#read('stderr', onLine);
    this.ended = this.#end();
  }

  /** Sends a signal to the process alone, as the runner does. */
  signal(name: NodeJS.Signals): void {
    this.#child.kill(name);
  }

  /** Ends the process and all it started. */
  kill(): void {
    const { pid } = this.#child;
    // Later the number may be that of a stranger's group.
    if (pid === undefined || this.#isOver) return;
    if (process.platform === 'win32') {
      this.#child.kill('SIGKILL');
      return;
    }
    try {
      process.kill(-pid, 'SIGKILL');
    } catch {
      // Nothing of the group is left.
    }
  }

  /** SIGINT, a while, SIGTERM, a while, SIGKILL: how the platform cancels a step. */
  async cancel(times: CancelTimes): Promise<void> {
    this.signal('SIGINT');
    if (await this.#endsWithin(times.afterInterrupt)) return;
    this.signal('SIGTERM');
    if (await this.#endsWithin(times.afterTerminate)) return;
    this.kill();
    await this.ended;
  }

  async #endsWithin(milliseconds: number): Promise<boolean> {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const timer = setTimeout(resolve, milliseconds, false);
    this.ended.then(
      () => resolve(true),
      () => resolve(true),
    );
    try {
      return await promise;
    } finally {
      clearTimeout(timer);
    }
  }

  #read(name: 'stdout' | 'stderr', onLine: (line: string) => void): void {
    const stream = this.#child[name];
    if (!stream) throw new Error(`The action was started without ${name}.`);
    const lines = new LineReader(onLine);
    stream.setEncoding('utf8');
    stream.on('data', (chunk: string) => {
      this.raw[name] += chunk;
      lines.write(chunk);
    });
    stream.on('end', () => lines.end());
  }

  #end(): Promise<ProcessEnd> {
    let timer: NodeJS.Timeout | undefined;
    this.#child.once('exit', () => {
      timer = setTimeout(() => this.kill(), outputGraceMilliseconds);
    });
    return new Promise((resolve, reject) => {
      this.#child.once('error', (error) => {
        running.delete(this);
        reject(error);
      });
      this.#child.once('close', (exitCode, signal) => {
        clearTimeout(timer);
        // What it started without sharing its output would go on and touch the folders.
        this.kill();
        this.#isOver = true;
        running.delete(this);
        resolve({ exitCode, signal });
      });
    });
  }
}
