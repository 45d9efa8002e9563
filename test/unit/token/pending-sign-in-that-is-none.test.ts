import assert from 'node:assert/strict';
import test from 'node:test';
import { readPendingSignIn } from '../../../src/token/split-sign-in.ts';

const whole = {
  answer: { device_code: 'd' },
  scopes: ['User.Read'],
  expiresAt: 1,
  claims: '',
  isForced: false,
};

test('a whole pending sign-in is read as it is', () => {
  assert.deepEqual(readPendingSignIn(whole), whole);
});

for (const changes of [
  { answer: undefined },
  { answer: {} },
  { answer: { device_code: 1 } },
  { scopes: 'User.Read' },
  { expiresAt: '1' },
  { expiresAt: null },
  { claims: undefined },
  { isForced: 'no' },
]) {
  test(`with ${JSON.stringify(changes)} it is none`, () => {
    assert.equal(readPendingSignIn({ ...whole, ...changes }), undefined);
  });
}

for (const value of [undefined, null, 'text', 1, []]) {
  test(`${JSON.stringify(value)} is none`, () => assert.equal(readPendingSignIn(value), undefined));
}
