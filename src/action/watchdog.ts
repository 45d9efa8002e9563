import { writeSync } from 'node:fs';
import { seconds } from '../clock.ts';
import { exitWithFailure, exitWithSuccess } from '../process-exit.ts';
import { joined, type PlainText, plain, plainText } from '../text/plain-text.ts';
import { cancellationBudget, cancellationSignals } from './cancellation.ts';

/** Ends the process when nothing else does. */
export interface Watchdog {
  /** From now on the run may take so many milliseconds, and no more than a margin beyond them. */
  allow(patience: number): void;
}

/** What the watchdog uses of the process; tests replace it. */
export interface WatchedProcess {
  on(signal: NodeJS.Signals, listener: () => void): unknown;
  /** True when the run is done, and only the process has not ended. */
  isDone(): boolean;
  /** What keeps it from ending, in Node's words. */
  waitsFor(): readonly string[];
  readonly report: (line: PlainText) => void;
  exit(code: number): void;
}

const margin = seconds(30);
// The platform kills 2.5 s after its second signal.
const afterSecondSignal = seconds(2);
// Signals may follow each other at once: what a cancelled run may still finish is not cut off by the second one.
const afterFirstSignal = cancellationBudget + seconds(1);
// Until the inputs are read nothing is waited for.
const start = seconds(30);

/**
 * Ends the process some time after the longest time that its path can take, and after the platform's second signal, but not
 * before a cancelled run has used its time to finish what must not be lost. Whatever hangs then was not expected, or cannot
 * be aborted, such as a DNS lookup. Does not keep the process running.
 */
export function startWatchdog(ending: WatchedProcess = thisProcess): Watchdog {
  const end = (why: PlainText): void => {
    if (ending.isDone()) {
      ending.exit(0);
      return;
    }
    const kinds = [...new Set(ending.waitsFor())].map((kind) => plainText(kind));
    const waits = joined(kinds, plain`, `) || plain`nothing that Node knows`;
    ending.report(plain`${why} It ends now, while it waits for: ${waits}.`);
    ending.exit(1);
  };

  let signals = 0;
  const waits = [afterFirstSignal, afterSecondSignal];
  let passed = 0;
  const pass = (): void => {
    if (++passed === waits.length) end(plain`This step was cancelled and did not end.`);
  };
  const count = (): void => {
    const wait = waits[signals++];
    if (wait !== undefined) setTimeout(pass, wait).unref();
  };
  for (const signal of cancellationSignals(process.platform)) ending.on(signal, count);

  let timer: NodeJS.Timeout | undefined;
  const allow = (patience: number): void => {
    clearTimeout(timer);
    timer = setTimeout(
      end,
      patience + margin,
      plain`This step takes longer than all of its time limits together. Run it again. If it happens again, report this line.`,
    ).unref();
  };
  allow(start);
  return { allow };
}

const thisProcess: WatchedProcess = {
  on: (signal, listener) => process.on(signal, listener),
  isDone: () => process.exitCode === 0,
  waitsFor: () => process.getActiveResourcesInfo(),
  report(line) {
    try {
      // Written at once: what a stream holds is lost when the process ends.
      writeSync(2, `::error::${line}\n`);
    } catch {
      // The log is gone.
    }
  },
  exit(code) {
    if (code === 0) exitWithSuccess();
    exitWithFailure(code);
  },
};
