import assert from 'node:assert/strict';
import { type ErrorCode, Failure } from '../../../src/failure.ts';

/** The failure that something ends in; every other end fails the test. */
export async function failureOf(work: Promise<unknown>, code: ErrorCode): Promise<Failure> {
  const error = await work.then(
    () => assert.fail('it succeeded'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof Failure)) throw error;
  assert.equal(error.code, code, error.message);
  return error;
}
