import assert from 'node:assert/strict';
import test from 'node:test';
import { open, openForAny, seal } from '../../../src/sealing/envelope.ts';
import { binding, entryBinding, keyOf } from '../fakes/record-context.ts';
import { details } from '../fakes/sealed.ts';

const type = 'entra-user-token-cache';
const times = { sealedAt: 1_700_000_000_000, refreshedAt: 1_600_000_000_000 };
const contents = { secret: 'the refresh token', nested: [1, null, 'ä€😀'] };

test('what is sealed is opened unchanged, with its times and the key that sealed it', async () => {
  const text = await seal(contents, { type, key: keyOf(1), binding }, times);

  const opened = await open(text, { type, keys: [keyOf(1)], binding });

  assert.deepEqual(opened, { contents, ...times, details: {}, keyId: keyOf(1).id });
});

test('an entry of the workflow cache is opened unchanged, with all that is known of the sign-in', async () => {
  const text = await seal(contents, { type, key: keyOf(1), binding: entryBinding }, { ...times, details });

  const opened = await open(text, { type, keys: [keyOf(1)], binding: entryBinding });
  assert.deepEqual(opened, { contents, ...times, details, keyId: keyOf(1).id });

  const { binding: sealedFor } = await openForAny(text, { type, keys: [keyOf(1)] });
  assert.deepEqual(sealedFor, entryBinding);
});

test('an entry of the workflow cache opens as token-cache too, in whatever repository', async () => {
  const text = await seal(contents, { type, key: keyOf(1), binding: entryBinding }, { ...times, details });

  assert.deepEqual((await open(text, { type, keys: [keyOf(1)], binding })).details, details);
});

test('a detail that is none is not sealed: the sign-in opens without it', async () => {
  const odd = { ...details, signedInAt: Number.NaN, longestLifetime: -1, tenant: undefined, other: 'x' };
  const text = await seal(contents, { type, key: keyOf(1), binding }, { ...times, details: odd });

  const { pinned, discovery } = details;
  assert.deepEqual((await open(text, { type, keys: [keyOf(1)], binding })).details, { pinned, discovery });
});

test('any of the keys given may have sealed it', async () => {
  const text = await seal(contents, { type, key: keyOf(3), binding }, times);

  const { keyId } = await open(text, { type, keys: [keyOf(1), keyOf(2), keyOf(3)], binding });

  assert.equal(keyId, keyOf(3).id);
});

test('the same contents sealed twice have nothing in common but the header', async () => {
  const [one, other] = [
    await seal(contents, { type, key: keyOf(1), binding }, times),
    await seal(contents, { type, key: keyOf(1), binding }, times),
  ].map((text) => text.split('.'));

  assert.equal(one?.[0], other?.[0]);
  for (const part of [2, 3, 4]) assert.notEqual(one?.[part], other?.[part]);
});

test('the header tells algorithm, type and key, and nothing else; the text shows nothing of the contents', async () => {
  const text = await seal(contents, { type, key: keyOf(1), binding }, times);

  const header: unknown = JSON.parse(Buffer.from(text.split('.')[0] ?? '', 'base64url').toString());

  assert.deepEqual(header, { alg: 'dir', enc: 'A256GCM', typ: type, kid: keyOf(1).id });
  assert.ok(!Buffer.from(text, 'base64url').toString('latin1').includes('refresh token'));
});
