/** Finds a Chromium on this machine; run by itself, it prints where. */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const names = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome.exe',
  'msedge.exe',
];

const usualPlaces = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

/**
 * Path of the browser: what `CHROMIUM_PATH` names, else one on PATH, else one in a usual place.
 *
 * @throws where there is none: a check that does not run is not a check that passed.
 */
export function findChromium(): string {
  const named = process.env['CHROMIUM_PATH'];
  if (named) return existing(named) ?? missing(`CHROMIUM_PATH names ${named}, and nothing is there.`);
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const onPath = folders.flatMap((folder) => names.map((name) => join(folder, name)));
  return (
    [...onPath, ...usualPlaces].find((path) => existsSync(path)) ??
    missing(
      'No Chromium was found. On Debian: apt-get install chromium. Elsewhere set CHROMIUM_PATH to a Chromium or Chrome.',
    )
  );
}

function existing(path: string): string | undefined {
  return existsSync(path) ? path : undefined;
}

function missing(message: string): never {
  throw new Error(message);
}

if (import.meta.main) console.log(findChromium());
