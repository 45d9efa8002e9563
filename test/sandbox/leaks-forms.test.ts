import assert from 'node:assert/strict';
import test from 'node:test';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { findLeaksIn } from '../../sandbox/leaks.ts';

const value = '0.ARoA~secret?"%ÿþ>>value';
const secrets = [{ kind: 'refresh token', value }];
const bytes = Buffer.from(value);

function formsIn(content: string | Buffer, of = secrets): string[] {
  return findLeaksIn(of, [{ place: 'here', content }]).map(({ form }) => form);
}

for (const [form, text] of [
  ['as is', value],
  ['JSON', JSON.stringify({ token: value })],
  ['URI-encoded', encodeURIComponent(value)],
  ['form-encoded', new URLSearchParams({ token: value }).toString()],
  ['hex', bytes.toString('hex')],
  ['hex', bytes.toString('hex').toUpperCase()],
] as const) {
  test(`a secret is found ${form}`, () => {
    assert.deepEqual(formsIn(`before ${text} after`), [form]);
  });
}

for (const before of ['', 'a', 'ab']) {
  for (const encoding of ['base64', 'base64url'] as const) {
    test(`a secret is found in ${encoding} with ${before.length} bytes before it and others after`, () => {
      assert.deepEqual(formsIn(Buffer.from(`${before}${value}xyz`).toString(encoding)), [encoding]);
      assert.deepEqual(formsIn(Buffer.from(`${before}${value}`).toString(encoding)), [encoding]);
    });
  }
}

const jwt = ['{"alg":"none"}', '{"sub":"alice"}', 'some signature']
  .map((part) => Buffer.from(part).toString('base64url'))
  .join('.');
const [header = '', payload = '', signature = ''] = jwt.split('.');

test('the payload and the signature of a JWT are secrets of their own, the header is none', () => {
  const ofJwt = [{ kind: 'access token', value: jwt }];
  assert.deepEqual(formsIn(`${header}.xyz`, ofJwt), []);
  assert.deepEqual(formsIn(payload, ofJwt), ['JWT payload']);
  assert.deepEqual(formsIn(signature, ofJwt), ['JWT signature']);
  assert.deepEqual(formsIn('claims: {"sub":"alice"}', ofJwt), ['JWT payload decoded']);
});

test('what is compressed is looked into', () => {
  const text = Array.from({ length: 200 }, (_, line) => `line ${line * line}`).join('\n') + value;
  for (const archive of [gzipSync(text), zstdCompressSync(text)]) {
    assert.ok(!archive.includes(value));
    assert.deepEqual(formsIn(archive), ['as is']);
  }
  assert.deepEqual(formsIn(gzipSync(value).subarray(0, 12)), []);
});

test('text without the secret, or with part of it, is no leak', () => {
  assert.deepEqual(formsIn(`${value.slice(0, -1)} *** ${value.slice(1)}`), []);
});

test('a short value is refused, since it would be found by chance', () => {
  assert.throws(
    () => formsIn('', [{ kind: 'code', value: '1234567' }]),
    /The code .* fewer than 8 characters/,
  );
});

test('a report never holds the secret', () => {
  const leaks = findLeaksIn(secrets, [{ place: 'here', content: value }]);
  assert.deepEqual(leaks, [{ kind: 'refresh token', form: 'as is', place: 'here' }]);
  assert.ok(!JSON.stringify(leaks).includes('secret?'));
});
