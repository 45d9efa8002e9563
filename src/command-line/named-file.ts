import { readFile } from 'node:fs/promises';
import { within } from '../bounded-wait.ts';
import { minutes } from '../clock.ts';
import { formatSystemError } from './system-error.ts';
import { UsageError } from './usage-error.ts';

/**
 * Reads a file that the command line names.
 * @param title what messages call the file: its path may be a key
 * @throws {UsageError} when it cannot be read
 */
export async function readNamedFile(path: string, title: string): Promise<Uint8Array> {
  try {
    // It may be a pipe from a program that a person has to unlock.
    const createTimeoutError = (): Error => Object.assign(new Error(), { code: 'ETIMEDOUT' });
    return await within(readFile(path), { timeout: minutes(15), createTimeoutError });
  } catch (error) {
    throw new UsageError(`${title} cannot be read: ${formatSystemError(error)}.`);
  }
}
