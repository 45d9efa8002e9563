import assert from 'node:assert/strict';
import type { Result } from '../../../src/result.ts';

/** The value that was read. */
export function validValue<T>(result: Result<T>): T {
  return result.kind === 'value' ? result.value : assert.fail(result.problem);
}

/** What is wrong with the text. */
export function problemOf(result: Result<unknown>): string {
  return result.kind === 'problem' ? result.problem : assert.fail('nothing is wrong with it');
}
