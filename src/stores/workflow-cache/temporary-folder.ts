import { tmpdir } from 'node:os';

/**
 * True when `@actions/cache` can pack below this folder: it writes paths into a command that is split at white space, and
 * in which quotes have a meaning.
 */
export function canBePackedIn(folder: string): boolean {
  return !/[\s"]/.test(folder);
}

/** The runner's temporary folder, or that of the system where nothing could be packed in the former. */
export function packingFolder(runnerTemp = process.env['RUNNER_TEMP'] ?? '', systemTemp = tmpdir()): string {
  if (runnerTemp === '') return systemTemp;
  return canBePackedIn(runnerTemp) || !canBePackedIn(systemTemp) ? runnerTemp : systemTemp;
}
