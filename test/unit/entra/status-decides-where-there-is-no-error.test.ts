import assert from 'node:assert/strict';
import test from 'node:test';
import { transientErrorIn } from '../../../src/entra/transient-errors.ts';

for (const status of [302, 400, 404]) {
  test(`an answer ${status} with an empty object is trouble, not an answer without a token`, () => {
    assert.match(
      transientErrorIn({ status, headers: {}, body: '{}' }, 0)?.reason ?? '',
      new RegExp(`${status}`),
    );
  });
}

test('the error of a response 400 is acted upon', () => {
  assert.equal(
    transientErrorIn({ status: 400, headers: {}, body: '{"error":"authorization_pending"}' }, 0),
    undefined,
  );
});
