import assert from 'node:assert/strict';
import test from 'node:test';
import { sealRecord } from '../../../src/sealing/sign-in-record.ts';
import { readTokenCacheInput } from '../../../src/sealing/token-cache-input.ts';
import { alice, homeAccountId } from '../fakes/people.ts';
import { binding, keyOf, recordContext } from '../fakes/record-context.ts';
import { smallCache, smallCacheText } from '../fakes/small-cache.ts';

const json = smallCacheText(alice);
const details = { signedInAt: 500, pinned: { name: 'alice@contoso.example', id: homeAccountId(alice) } };
const sealedBy = (byte: number, of = binding): Promise<string> =>
  sealRecord(
    { cache: smallCache(alice), homeAccountId: homeAccountId(alice), refreshedAt: 1000, details },
    { key: keyOf(byte), binding: of, now: 2000 },
  );

for (const [form, text] of [
  ['compact JSON', json],
  ['JSON of several lines', JSON.stringify(JSON.parse(json), undefined, 2)],
  ['JSON with white space around it', `\n ${json}\n`],
  ['base64', Buffer.from(json).toString('base64')],
  ['base64 of 76 columns', Buffer.from(json).toString('base64').replace(/.{76}/g, '$&\n')],
  ['base64url', Buffer.from(json).toString('base64url')],
] as const) {
  test(`token-cache may be ${form}; it has no date`, async () => {
    const input = await readTokenCacheInput(text, recordContext());

    assert.deepEqual(input, {
      kind: 'record',
      record: { cache: smallCache(alice), refreshedAt: undefined, keyId: undefined, details: {} },
    });
  });
}

test('token-cache may be as this action sealed it; it has the date of its last refresh', async () => {
  const input = await readTokenCacheInput(`${await sealedBy(1)}\n`, recordContext(keyOf(2), keyOf(1)));

  assert.deepEqual(input, {
    kind: 'record',
    record: { cache: smallCache(alice), refreshedAt: 1000, keyId: keyOf(1).id, details },
  });
});

for (const [why, text, keys, reason] of [
  ['no key is given', await sealedBy(1), [], /encryption-key is not set/],
  ['its key is not among those given', await sealedBy(1), [2], /another key/],
  ['it is of another client', await sealedBy(1, { ...binding, clientId: 'x' }), [1], /another client id/],
  ['its end is missing', (await sealedBy(1)).slice(0, -9), [1], /its end is missing/],
] as const) {
  test(`a sealed token-cache is ignored when ${why}`, async () => {
    const input = await readTokenCacheInput(text, recordContext(...keys.map(keyOf)));

    assert.ok(input.kind === 'unreadable');
    assert.match(input.reason, reason);
  });
}

const secret = 'the-very-secret-text';
for (const [what, text] of [
  ['a password', secret],
  ['broken JSON', `{"RefreshToken":{"a":{"secret":"${secret}"}`],
  ['other JSON', JSON.stringify({ token: secret })],
  ['a JSON list', JSON.stringify([secret])],
  ['base64 of something else', Buffer.from(secret).toString('base64')],
  ['a section that is text', JSON.stringify({ Account: secret })],
  ['text with strange characters', `"${secret}" €`],
] as const) {
  test(`a token-cache that is ${what} is a bad input: the forms accepted are named, the text is not quoted`, async () => {
    const input = await readTokenCacheInput(text, recordContext(keyOf(1)));

    assert.ok(input.kind === 'invalid');
    assert.match(input.problem, /is not an MSAL cache: .*compact JSON.*base64.*as this action sealed it/);
    for (const part of [secret, 'very', Buffer.from(secret).toString('base64').slice(0, 8)])
      assert.ok(!input.problem.includes(part), input.problem);
  });
}
