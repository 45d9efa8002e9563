import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sealRecord } from '../../src/sealing/sign-in-record.ts';
import { alice, homeAccountId } from '../unit/fakes/people.ts';
import { entryBinding, keyOf, keyText } from '../unit/fakes/record-context.ts';
import { smallCache } from '../unit/fakes/small-cache.ts';
import { fileWith, runCompanion } from './companion.ts';

const cacheText = JSON.stringify(smallCache(alice));

test('inspect reads the file that is named, and not standard input', async () => {
  await using file = await fileWith(cacheText);
  const { exitCode, output } = await runCompanion(['inspect', file.path], { input: 'no cache' });

  assert.match(output, /^Account: +alice@contoso\.example /m);
  assert.equal(exitCode, 0);
});

test('inspect reads a file in UTF-16, as Windows PowerShell writes it', async () => {
  await using file = await fileWith(Buffer.from(`\uFEFF${cacheText}`, 'utf16le'));
  const { output } = await runCompanion(['inspect', file.path]);

  assert.match(output, /^Account: +alice@contoso\.example /m);
});

test('inspect opens a sealed file with a key file in UTF-16', async () => {
  const details = {};
  const signIn = { cache: smallCache(alice), homeAccountId: homeAccountId(alice), refreshedAt: 1, details };
  await using file = await fileWith(
    `${await sealRecord(signIn, { key: keyOf(1), binding: entryBinding, now: 1 })}\n`,
  );
  await using key = await fileWith(Buffer.from(`\uFEFF${keyText(1)}\r\n`, 'utf16le'));
  const { exitCode, output, told } = await runCompanion([
    'inspect',
    '--encryption-key-file',
    key.path,
    file.path,
  ]);

  assert.equal(exitCode, 0, told);
  assert.match(output, /^Account: +alice@contoso\.example /m);
});

test('inspect reads standard input where a hyphen is named', async () => {
  const { exitCode, output } = await runCompanion(['inspect', '-'], { input: cacheText });

  assert.match(output, /^Account: +alice@contoso\.example /m);
  assert.equal(exitCode, 0);
});

test('inspect says that a file is empty, is a folder, or is not a cache', async () => {
  await using empty = await fileWith(' \n');
  await using other = await fileWith('my-secret-password!');

  const ofEmpty = await runCompanion(['inspect', empty.path]);
  assert.match(ofEmpty.told, /^The file to inspect is empty\.$/m);
  assert.equal(ofEmpty.exitCode, 2);

  const ofFolder = await runCompanion(['inspect', import.meta.dirname]);
  assert.match(ofFolder.told, /^The file to inspect cannot be read: it is a folder \(EISDIR\)\.$/m);
  assert.equal(ofFolder.exitCode, 2);

  const ofOther = await runCompanion(['inspect', other.path]);
  assert.match(ofOther.told, /^This is not an MSAL cache\.$/m);
  assert.doesNotMatch(ofOther.told, /my-secret-password/);
  assert.equal(ofOther.exitCode, 1);
});
