import assert from 'node:assert/strict';
import type { Explanation, Failure } from '../../../src/failure.ts';

const parts = ['what', 'why', 'fix'] as const;
const severalWords = /^["\p{L}\d].*\p{L} \p{L}/u;

/** What a failure says, in each of its three parts; a part without words fails the test. */
export function explanationOf(failure: Failure | undefined): Explanation {
  assert.ok(failure, 'there is no failure');
  for (const part of parts)
    assert.match(failure.explanation[part], severalWords, `${part} of:\n${failure.message}`);
  return failure.explanation;
}
