import type { Clock } from '../../../src/clock.ts';

/** Time that passes only while somebody sleeps, and then at once. MSAL looks at the real time, so it starts there. */
export class FakeClock implements Clock {
  /** Every wait that was asked for, in milliseconds. */
  readonly waits: number[] = [];
  readonly startedAt = Date.now();
  /** Called in the middle of each sleep. */
  whileAsleep: () => void = () => undefined;
  #now = this.startedAt;

  now(): number {
    return this.#now;
  }

  async sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    this.waits.push(milliseconds);
    this.whileAsleep();
    signal?.throwIfAborted();
    this.#now += milliseconds;
  }

  /** Milliseconds that have passed. */
  get passed(): number {
    return this.#now - this.startedAt;
  }
}
