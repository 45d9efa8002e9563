/** Time, as far as the logic needs it. Tests pass a clock that does not wait. */
export interface Clock {
  /** Milliseconds since the epoch, for instants: when a token expires. It jumps when somebody sets the clock. */
  now(): number;
  /** Milliseconds since some moment, for durations: it never jumps. */
  monotonic(): number;
  /**
   * Waits.
   * @param milliseconds how long
   * @param signal ends the wait at once, with the signal's reason as the error
   */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  async sleep(milliseconds, signal) {
    const { setTimeout: delay } = await import('node:timers/promises');
    try {
      await delay(milliseconds, undefined, signal ? { signal } : {});
    } catch (error) {
      signal?.throwIfAborted();
      throw error;
    }
  },
};

export const seconds = (count: number): number => count * 1000;
export const minutes = (count: number): number => count * 60_000;
export const days = (count: number): number => count * 86_400_000;
