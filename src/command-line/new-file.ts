import { randomUUID } from 'node:crypto';
import {
  closeSync,
  fchmodSync,
  fsyncSync,
  linkSync,
  lstatSync,
  openSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { Failure } from '../failure.ts';
import { formatSystemError } from './system-error.ts';
import { UsageError } from './usage-error.ts';

/** The file that `--output` names. */
export interface OutputFile {
  readonly path: string;
  /** True for `--force`: a file that exists is replaced. */
  readonly mayReplace: boolean;
}

const ownerOnly = 0o600;

/**
 * Checks that a file can be written, before a person signs in for it. Nothing is left behind.
 * @param keyFile which is not to be replaced: without the key the sign-in could never be opened
 * @throws {UsageError} which does not repeat the path: it may be a key
 */
export function checkOutputFile({ path, mayReplace }: OutputFile, keyFile?: string): void {
  try {
    const existing = lstatSync(path, { throwIfNoEntry: false });
    if (existing?.isDirectory() || /[/\\]$/.test(path))
      throw new UsageError('The file of --output is a folder. Name a file in it.');
    if (existing && !existing.isFile())
      throw new UsageError('The file of --output is a link or a device. Name another file.');
    if (existing && !mayReplace)
      throw new UsageError('The file of --output already exists. Name another file, or add --force.');
    if (existing && keyFile !== undefined && isSameFile(existing, keyFile))
      throw new UsageError('The file of --output is the file of --encryption-key-file. Name another file.');
    const temporary = temporaryFileBeside(path);
    closeSync(openSync(temporary, 'wx', ownerOnly));
    rmSync(temporary);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`The file of --output cannot be written: ${formatSystemError(error)}.`);
  }
}

function isSameFile({ dev, ino }: Stats, other: string): boolean {
  const stats = statSync(other, { throwIfNoEntry: false });
  return stats?.dev === dev && stats.ino === ino;
}

/**
 * Writes a file that only its owner can read: whole, or not at all. It is written under another name in the same folder
 * and then renamed. All of it is synchronous, so that no signal comes between, and what is said of the file is true.
 * @throws {Failure} and a file that existed is as it was
 */
export function writeOutputFile({ path, mayReplace }: OutputFile, contents: string): void {
  const temporary = temporaryFileBeside(path);
  try {
    writeWholly(temporary, contents);
    if (mayReplace) renameSync(temporary, path);
    else renameToNew(temporary, path);
  } catch (error) {
    throw notSaved(error);
  } finally {
    removeQuietly(temporary);
  }
}

function temporaryFileBeside(path: string): string {
  return join(dirname(path), `.entra-user-token-${randomUUID()}`);
}

function writeWholly(path: string, contents: string): void {
  const file = openSync(path, 'wx', ownerOnly);
  try {
    // The mode above is subject to the umask.
    fchmodSync(file, ownerOnly);
    writeFileSync(file, contents);
    // Some file systems only say here that the disk is full.
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Fails if the new name is in use: a link, unlike a rename, never replaces a file. */
function renameToNew(temporary: string, path: string): void {
  try {
    linkSync(temporary, path);
  } catch {
    // Also where there are no links, as in exFAT and some network file systems: the name is taken first, if it is free.
    closeSync(openSync(path, 'wx', ownerOnly));
    try {
      renameSync(temporary, path);
    } catch (failed) {
      removeQuietly(path);
      throw failed;
    }
  }
}

function removeQuietly(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // What was to be said about the file is more important.
  }
}

function notSaved(cause: unknown): Failure {
  return new Failure(
    'internal-error',
    {
      what: 'The sign-in could not be saved.',
      why: `the file of --output cannot be written: ${formatSystemError(cause)}.`,
      fix: 'fix the problem or name another file, and run the command again.',
    },
    { cause },
  );
}
