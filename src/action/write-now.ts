import { writeSync } from 'node:fs';

/** File descriptors of the process. */
export const standardOutput = 1;
export const standardError = 2;

// A pipe that is full, in milliseconds; the runner empties it in far less.
const pauseWhileFull = 10;
const longestWait = 2000;

/**
 * Writes before it returns. The streams of `process` keep what a full pipe does not take at once, and lose it when the
 * process exits. Never throws: a reader that is gone can be told nothing.
 * @returns whether all of it was written
 */
export function writeNow(file: number, text: string): boolean {
  const bytes = Buffer.from(text);
  let written = 0;
  let waited = 0;
  while (written < bytes.length && waited < longestWait) {
    try {
      written += writeSync(file, bytes, written);
    } catch (error) {
      if (!isFull(error)) return false;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pauseWhileFull);
      waited += pauseWhileFull;
    }
  }
  return written === bytes.length;
}

function isFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EAGAIN';
}
