import { Cancelled } from '../failure.ts';

// The platform sends SIGINT, 7.5 s later SIGTERM (on Windows SIGBREAK), 2.5 s later it kills.
const signals: readonly NodeJS.Signals[] = [
  'SIGINT',
  'SIGTERM',
  ...(process.platform === 'win32' ? (['SIGBREAK'] as const) : []),
];

/** Turns the signals with which the platform cancels a run into one abort; further ones change nothing. */
export function onCancellation(): AbortSignal {
  const controller = new AbortController();
  for (const signal of signals) process.on(signal, () => controller.abort(new Cancelled()));
  return controller.signal;
}

/** Aborts so many milliseconds after another signal: what must not be lost is finished first. */
export function withGrace(signal: AbortSignal, milliseconds: number): AbortSignal {
  const controller = new AbortController();
  const start = (): void => {
    setTimeout(() => controller.abort(signal.reason), milliseconds).unref();
  };
  if (signal.aborted) start();
  else signal.addEventListener('abort', start, { once: true });
  return controller.signal;
}
