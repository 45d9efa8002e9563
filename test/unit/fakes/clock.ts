import type { Clock } from '../../../src/clock.ts';

/**
 * Time that passes only while somebody sleeps, and then at once. MSAL looks at the real time, so it starts there. The
 * monotonic clock has another origin, so that who takes one for the other is found out.
 */
export class FakeClock implements Clock {
  /** Every wait that was asked for, in milliseconds. */
  readonly waits: number[] = [];
  readonly startedAt = Date.now();
  /** Called in the middle of each sleep. */
  whileAsleep: () => void = () => undefined;
  #passed = 0;
  #jumped = 0;

  now(): number {
    return this.startedAt + this.#passed + this.#jumped;
  }

  monotonic(): number {
    return 1_000_000 + this.#passed;
  }

  /** Sets the wall clock: it jumps, and no time passes. */
  jump(milliseconds: number): void {
    this.#jumped += milliseconds;
  }

  async sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    this.waits.push(milliseconds);
    this.whileAsleep();
    signal?.throwIfAborted();
    this.#passed += milliseconds;
  }

  /** Milliseconds that have passed. */
  get passed(): number {
    return this.#passed;
  }
}
