import { closeSync, fstatSync, ftruncateSync, openSync, statSync, truncateSync, writeSync } from 'node:fs';
import { setOutput } from '@actions/core';
import { Failure } from '../failure.ts';

/** Outputs by name. */
export type Outputs = Readonly<Record<string, string>>;

/** The file in which the runner takes the outputs of a step cannot be written. */
export class OutputsUnwritable extends Failure {
  override readonly name = 'OutputsUnwritable';

  constructor(why: string) {
    super('internal-error', {
      what: 'The outputs of this step could not be written.',
      why: `${why}.`,
      fix: 'check the free space and the permissions of the temporary folder of the runner (RUNNER_TEMP), then run again. The token cannot reach the next step in any other way.',
    });
  }
}

// As much as the outputs of a step with two resources take.
const spaceNeeded = 32 * 1024;

/**
 * Finds out whether outputs can be written, before anything is asked of anybody: writes blank lines, which the runner
 * skips, and removes them.
 * @throws {OutputsUnwritable}
 */
export function requireOutputFile(): void {
  const path = outputFile();
  try {
    // Not created: a file that the runner did not make is one that it does not read.
    const file = openSync(path, 'r+');
    try {
      const { size } = fstatSync(file);
      testSpace(file, size);
      requireRegular(fstatSync(file));
    } finally {
      closeSync(file);
    }
  } catch (error) {
    throw new OutputsUnwritable(whyUnwritable(error));
  }
}

function testSpace(file: number, size: number): void {
  const blankLines = Buffer.alloc(spaceNeeded, '\n');
  try {
    for (let written = 0; written < spaceNeeded; )
      written += writeSync(file, blankLines, written, undefined, size + written);
  } finally {
    if (fstatSync(file).size > size) ftruncateSync(file, size);
  }
}

/**
 * Sets all of these outputs or none: when one cannot be written, those before it are removed.
 * @throws {OutputsUnwritable}
 */
export function writeOutputs(outputs: Outputs): void {
  // Without it the library would print the outputs to the log instead.
  const path = outputFile();
  let size: number | undefined;
  try {
    const before = statSync(path);
    requireRegular(before);
    ({ size } = before);
    for (const [name, value] of Object.entries(outputs)) setOutput(name, value);
  } catch (error) {
    const remains = size === undefined ? '' : truncateBack(path, size);
    throw new OutputsUnwritable(`${whyUnwritable(error)}${remains}`);
  }
}

/** @returns what to add to the reason; empty when the file is as it was */
function truncateBack(path: string, size: number): string {
  try {
    if (statSync(path).size > size) truncateSync(path, size);
    return '';
  } catch (error) {
    const code = codeOf(error);
    return code === 'ENOENT'
      ? ''
      : `; what was written before that could not be removed${inParentheses(code)}`;
  }
}

function outputFile(): string {
  const path = process.env['GITHUB_OUTPUT'];
  if (!path)
    throw new OutputsUnwritable('GITHUB_OUTPUT, which names the file for them, is not set or is empty');
  return path;
}

/** A device takes everything and keeps nothing. */
class NotAFile extends Error {}

function requireRegular(file: { isFile(): boolean }): void {
  if (!file.isFile()) throw new NotAFile();
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist',
  EISDIR: 'is a folder',
  ENOTDIR: 'does not exist',
  EACCES: 'may not be written by this process',
  EPERM: 'may not be written by this process',
  EROFS: 'is on a disk that is read-only',
  ENOSPC: 'is on a disk that is full',
  EDQUOT: 'is on a disk whose quota is used up',
};

function whyUnwritable(error: unknown): string {
  const code = codeOf(error);
  const reason = error instanceof NotAFile ? 'is not a file' : reasons[code];
  // The error's own text may quote a path, or a value that the library refused.
  return reason
    ? `the file for them, which GITHUB_OUTPUT names, ${reason}`
    : `the file for them, which GITHUB_OUTPUT names, could not be written${inParentheses(code)}`;
}

function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return /^[A-Z_0-9]{1,40}$/.test(code) ? code : '';
}

function inParentheses(code: string): string {
  return code ? ` (${code})` : '';
}
