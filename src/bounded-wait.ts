/** What ends a wait early. */
export interface WaitBounds {
  /** Milliseconds. */
  readonly timeout: number;
  /** Ends the wait at once, with its reason as the error. */
  readonly signal?: AbortSignal | undefined;
  /** The error when the time is up; a {@link WaitTimeout} where it is left out. */
  readonly createTimeoutError?: (() => Error) | undefined;
}

/** A wait reached its bound. */
export class WaitTimeout extends Error {
  override readonly name = 'TimeUp';
}

// Node treats a longer delay as no delay.
const longestDelay = 2 ** 31 - 1;

/**
 * Waits for what another party does: a server, a proxy, a disk, another process. The bound and the cancellation are this
 * wait's own and hold even if the promise never settles; what it comes to afterwards is ignored. Until then the timer
 * keeps the process running, so that a wait in vain ends in an error and not in a process that ends without a word.
 * @throws what the promise is rejected with, the reason of the signal, or what `createTimeoutError` makes
 */
export function within<T>(
  awaited: Promise<T>,
  { timeout, signal, createTimeoutError }: WaitBounds,
): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const cancel = (): void => {
      release();
      reject(signal?.reason);
    };
    const timer = setTimeout(
      () => {
        release();
        reject(createTimeoutError?.() ?? new WaitTimeout());
      },
      Math.min(timeout, longestDelay),
    );
    const release = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', cancel);
    };
    awaited.then(resolve, reject).finally(release);
    if (signal?.aborted) cancel();
    else signal?.addEventListener('abort', cancel, { once: true });
  });
}
