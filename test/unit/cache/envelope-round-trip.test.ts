import assert from 'node:assert/strict';
import test from 'node:test';
import { open, seal } from '../../../src/cache/envelope.ts';
import { binding, keyOf } from '../fakes/record-context.ts';

const type = 'entra-user-token-cache';
const times = { sealedAt: 1_700_000_000_000, refreshedAt: 1_600_000_000_000 };
const contents = { secret: 'the refresh token', nested: [1, null, 'ä€😀'] };

test('what is sealed is opened unchanged, with its times and the key that sealed it', async () => {
  const text = await seal(type, keyOf(1), binding, contents, times);

  const opened = await open(type, [keyOf(1)], binding, text);

  assert.deepEqual(opened, { contents, ...times, keyId: keyOf(1).id });
});

test('any of the keys given may have sealed it', async () => {
  const text = await seal(type, keyOf(3), binding, contents, times);

  const { keyId } = await open(type, [keyOf(1), keyOf(2), keyOf(3)], binding, text);

  assert.equal(keyId, keyOf(3).id);
});

test('the same contents sealed twice have nothing in common but the header', async () => {
  const [one, other] = [
    await seal(type, keyOf(1), binding, contents, times),
    await seal(type, keyOf(1), binding, contents, times),
  ].map((text) => text.split('.'));

  assert.equal(one?.[0], other?.[0]);
  for (const part of [2, 3, 4]) assert.notEqual(one?.[part], other?.[part]);
});

test('the header tells algorithm, type and key, and nothing else; the text shows nothing of the contents', async () => {
  const text = await seal(type, keyOf(1), binding, contents, times);

  const header: unknown = JSON.parse(Buffer.from(text.split('.')[0] ?? '', 'base64url').toString());

  assert.deepEqual(header, { alg: 'dir', enc: 'A256GCM', typ: type, kid: keyOf(1).id });
  assert.ok(!Buffer.from(text, 'base64url').toString('latin1').includes('refresh token'));
});
