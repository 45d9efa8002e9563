import assert from 'node:assert/strict';
import test from 'node:test';
import { seal } from '../../../src/cache/envelope.ts';
import { binding, keyOf } from '../fakes/record-context.ts';
import { jwe, refusalOf, sealed, type } from '../fakes/sealed.ts';

const times = { sealedAt: 2, refreshedAt: 1 };
const kid = keyOf(1).id;

test('another key is "wrong-key"', async () => {
  assert.equal(await refusalOf(await seal(type, keyOf(2), binding, {}, times)), 'wrong-key');
});

test('a pending sign-in, or whatever else is sealed, is "wrong-type"', async () => {
  assert.equal(await refusalOf(await jwe({ typ: 'entra-user-token-pending', kid }, {})), 'wrong-type');
});

test('a format of another version is "unknown-version"', async () => {
  const payload = { version: 2, ...binding, ...times, contents: {} };
  assert.equal(await refusalOf(await jwe({ typ: type, kid }, payload)), 'unknown-version');
});

test('the envelope of another client is "other-client", that of another tenant "other-authority"', async () => {
  assert.equal(await refusalOf(sealed, { ...binding, clientId: 'another' }), 'other-client');
  assert.equal(
    await refusalOf(sealed, { ...binding, authority: 'https://login.microsoftonline.com/other' }),
    'other-authority',
  );
});

test('a header with one member more, or in another order, is "tampered"', async () => {
  assert.equal(await refusalOf(await jwe({ typ: type, kid, cty: 'json' }, {})), 'tampered');
  assert.equal(await refusalOf(await jwe({ kid, typ: type }, {})), 'tampered');
});

for (const text of ['', 'eyJ', '....', '.', 'not an envelope at all', 'eyJhbGciOiJub25lIn0.e30.']) {
  test(`"${text}" is refused with a named error`, async () => {
    assert.match(await refusalOf(text), /^(truncated|tampered)$/);
  });
}
