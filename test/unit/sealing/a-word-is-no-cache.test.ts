import assert from 'node:assert/strict';
import test from 'node:test';
import { readTokenCacheInput } from '../../../src/sealing/token-cache-input.ts';
import { recordContext } from '../fakes/record-context.ts';

for (const text of [
  ...['null', 'true', 'none', 'test', 'secret', '0', 'a', '-', '_', '42', '"null"', 'undefined', ' none\n'],
  'c11e0000-0000-4000-8000-00000000c11e',
]) {
  test(`token-cache ${JSON.stringify(text)} is called a word, and no cache`, async () => {
    const input = await readTokenCacheInput(text, recordContext());

    assert.ok(input.kind === 'invalid', input.kind);
    assert.match(input.problem, /^is not an MSAL cache: it is a single word or a number;/);
  });
}

test('Bytes in base64 that are no text are not called UTF-16', async () => {
  const input = await readTokenCacheInput(Buffer.alloc(60, 0xb5).toString('base64'), recordContext());

  assert.ok(input.kind === 'invalid');
  assert.doesNotMatch(input.problem, /UTF-16/);
});

for (const text of ['{"Account":[],"AccessToken":[],"RefreshToken":[]}', '{"Account":[]}', 'e30', 'e30='])
  test(`token-cache ${text} is an empty cache`, async () => {
    assert.equal((await readTokenCacheInput(text, recordContext())).kind, 'empty');
  });

test('A section that is an array with something in it is still none', async () => {
  const input = await readTokenCacheInput('{"Account":[1]}', recordContext());

  assert.ok(input.kind === 'invalid');
  assert.match(input.problem, /has none of the sections/);
});
