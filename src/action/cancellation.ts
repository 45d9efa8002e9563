import { seconds } from '../clock.ts';
import { Cancelled } from '../failure.ts';

/**
 * The signals with which the platform cancels a run: SIGINT, 7.5 s later SIGTERM (on Windows SIGBREAK), 2.5 s later it
 * kills.
 */
export function cancellationSignals(platform: NodeJS.Platform): readonly NodeJS.Signals[] {
  return platform === 'win32' ? ['SIGINT', 'SIGTERM', 'SIGBREAK'] : ['SIGINT', 'SIGTERM'];
}

/**
 * How long a cancelled run may still finish what must not be lost, from the first signal on: a response that cannot be
 * repeated, and saving it. The second signal comes half a second later.
 */
export const cancellationBudget = seconds(7);

/** Turns the signals with which the platform cancels a run into one abort; further ones change nothing. */
export function onCancellation(): AbortSignal {
  const controller = new AbortController();
  for (const signal of cancellationSignals(process.platform))
    process.on(signal, () => controller.abort(new Cancelled()));
  return controller.signal;
}

/** Aborts that many milliseconds after another signal, so that what must not be lost is finished first. */
export function withGrace(signal: AbortSignal, milliseconds: number): AbortSignal {
  const controller = new AbortController();
  const start = (): void => {
    setTimeout(() => controller.abort(signal.reason), milliseconds).unref();
  };
  if (signal.aborted) start();
  else signal.addEventListener('abort', start, { once: true });
  return controller.signal;
}
