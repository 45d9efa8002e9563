import assert from 'node:assert/strict';
import test, { type TestContext } from 'node:test';
import { maskInputs } from '../../../src/action/masking.ts';

/** What is written to the log while the inputs are masked. */
function writtenFor(inputs: Readonly<Record<string, string>>, { mock }: TestContext): string {
  const variables = Object.entries(inputs).map(
    ([name, text]) => [`INPUT_${name.toUpperCase()}`, text] as const,
  );
  let written = '';
  const { write } = process.stdout;
  mock.method(process.stdout, 'write', (chunk: string | Uint8Array, ...rest: readonly never[]) => {
    if (!String(chunk).startsWith('::add-mask::')) return write.call(process.stdout, chunk, ...rest);
    written += String(chunk);
    return true;
  });
  for (const [name, text] of variables) process.env[name] = text;
  try {
    maskInputs();
  } finally {
    for (const [name] of variables) delete process.env[name];
    mock.restoreAll();
  }
  return written;
}

const length = 130_000;

for (const input of ['encryption-key', 'secret-token', 'token-cache', 'pending-sign-in'])
  for (const [what, text] of [
    ['words', 'abcdefgh '.repeat(length / 9)],
    ['one word', 'x'.repeat(length)],
    ['what begins as a JWT', `eyJ.${'x'.repeat(length / 2)}.${'y'.repeat(length / 2 - 6)}`],
  ] as const)
    test(`${input} of ${length} characters, ${what}, is masked once at most`, (t) => {
      const written = writtenFor({ [input]: text }, t);

      const isOverItsLimit = input !== 'token-cache';
      const most = (isOverItsLimit ? 1 : 2) * text.length + 100;
      assert.ok(written.length <= most, `${written.length} characters`);
    });

test('An encryption-key of many lines over the limit gives no mask of each line', (t) => {
  assert.equal(writtenFor({ 'encryption-key': 'abcdefgh\n'.repeat(14_000) }, t), '');
});

test('An encryption-key within its limit is masked line by line, in each of its forms', (t) => {
  const key = Buffer.alloc(32, 7);
  const written = writtenFor({ 'encryption-key': key.toString('base64') }, t);

  for (const form of ['base64', 'base64url', 'hex'] as const)
    assert.ok(written.includes(`::add-mask::${key.toString(form)}`), form);
});
