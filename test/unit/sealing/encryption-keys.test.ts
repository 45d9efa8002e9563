import assert from 'node:assert/strict';
import test from 'node:test';
import { parseEncryptionKeys, textForms } from '../../../src/sealing/encryption-keys.ts';
import { keyOf, keyText } from '../fakes/record-context.ts';
import { problemOf, validValue } from '../fakes/result.ts';

const bytes = Buffer.from(Array.from({ length: 32 }, (_, index) => 255 - index * 5));

for (const [form, text] of [
  ['base64', bytes.toString('base64')],
  ['base64 without its "="', bytes.toString('base64').replace('=', '')],
  ['base64url', bytes.toString('base64url')],
  ['hexadecimal', bytes.toString('hex')],
  ['upper-case hexadecimal', bytes.toString('hex').toUpperCase()],
] as const) {
  test(`a key may be given in ${form}`, () => {
    const [key] = validValue(parseEncryptionKeys(` ${text}\n`));

    assert.ok(typeof key === 'object' && bytes.equals(key.bytes));
    assert.match(key.id, /^[0-9a-f]{16}$/);
    assert.ok(textForms(key).includes(form.includes('without') ? `${text}=` : text));
  });
}

for (const [problem, text] of [
  ['is too short', bytes.subarray(1).toString('base64')],
  ['is too long', Buffer.alloc(33, 7).toString('base64')],
  ['is too short, in hexadecimal', bytes.toString('hex').slice(2)],
  ['is a password', 'correct-horse-battery-staple'],
  ['holds a strange character', bytes.toString('base64').replace(/.$/, '!')],
] as const) {
  test(`a key that ${problem} is refused, with the command that makes one, and not quoted`, () => {
    const answer = problemOf(parseEncryptionKeys(text));
    assert.match(answer, /is not 32 bytes.*openssl rand -base64 32/);
    assert.ok(!answer.includes(text.slice(0, 8)));
  });
}

const lines = (...keys: readonly number[]): string => keys.map(keyText).join('\n');

test('several lines are several keys, in their order', () => {
  assert.deepEqual(validValue(parseEncryptionKeys(`${lines(1, 2)}\r\n\n${lines(3)}\n`)), [
    keyOf(1),
    keyOf(2),
    keyOf(3),
  ]);
});

test('nine keys are allowed, ten are not', () => {
  assert.equal(validValue(parseEncryptionKeys(lines(1, 2, 3, 4, 5, 6, 7, 8, 9))).length, 9);
  assert.match(problemOf(parseEncryptionKeys(lines(1, 2, 3, 4, 5, 6, 7, 8, 9, 10))), /10 keys; at most 9/);
});

test('a key that stands there twice is named by its line, in whatever form', () => {
  const hex = Buffer.alloc(32, 1).toString('hex');
  assert.match(problemOf(parseEncryptionKeys(`${lines(1, 2)}\n${hex}`)), /line 3 repeats an earlier key/);
});

test('the bad one of several keys is named by its line', () => {
  assert.match(problemOf(parseEncryptionKeys(`${lines(1)}\nnonsense`)), /^line 2 is not 32 bytes/);
});

test('no text is no key', () => {
  assert.deepEqual(validValue(parseEncryptionKeys('')), []);
});

test('keys in lines that end as on Windows are the same keys', () => {
  const keys = validValue(parseEncryptionKeys(`${keyText(1)}\r\n${keyText(2)}\r\n`));
  assert.deepEqual(
    keys.map(({ id }) => id),
    [keyOf(1).id, keyOf(2).id],
  );
});
