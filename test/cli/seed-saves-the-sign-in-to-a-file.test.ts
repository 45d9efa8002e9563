import assert from 'node:assert/strict';
import { chmod, link, readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { alice, sandboxTenant } from '../../sandbox/authority/directory.ts';
import { schedule } from '../../sandbox/runner/events.ts';
import { logOf, scenario } from '../e2e/scenario.ts';
import { needsSignals } from '../sandbox/signals.ts';
import { assertTellsNoSecret, Companion, fileWith, seedArguments, seedByBrowser } from './companion.ts';

/** Where a file system knows who may read a file. */
const hasModes = process.platform !== 'win32';

scenario(
  'A sign-in is saved to a new file that only its owner can read, and the action goes on with it',
  async ({ sandbox, run, encryptionKey, keepSecret }) => {
    await using key = await fileWith(`${encryptionKey}\n`);
    const path = join(dirname(key.path), 'sign-in.txt');
    const options = ['--encryption-key-file', key.path, '--output', path];
    const seeded = await seedByBrowser(sandbox, [...seedArguments, ...options]);

    assert.equal(seeded.exitCode, 0, seeded.told);
    assert.equal(seeded.output, '');
    assert.match(seeded.told, /^Saved, sealed with key [0-9a-f]{16}, for client c11e0000-/m);
    assert.match(seeded.told, /^If unused, this sign-in expires on \d{4}-\d\d-\d\d\.$/m);
    if (hasModes) assert.equal((await stat(path)).mode & 0o777, 0o600);
    assert.deepEqual((await readdir(dirname(path))).sort(), ['file', 'sign-in.txt']);
    const sealed = (await readFile(path, 'utf8')).trim();
    assertTellsNoSecret(sandbox, seeded, encryptionKey, sealed);

    keepSecret('token-cache', sealed);
    const inputs = { 'tenant-id': sandboxTenant.id, 'token-cache': sealed };
    const silent = await run(schedule(), { inputs, secrets: [sealed] });
    assert.equal(silent.outputs['source'], 'cache', logOf(silent));
  },
);

test('A file that exists is left alone, and nobody is asked to sign in', async () => {
  await using file = await fileWith('what was there');
  await using companion = await Companion.start([...seedArguments, '--output', file.path]);
  const { exitCode, told } = await companion.ended;

  assert.match(told, /^The file of --output already exists\. Name another file, or add --force\.$/m);
  assert.doesNotMatch(told, /Sign in with the browser/);
  assert.equal(exitCode, 2);
  assert.equal(await readFile(file.path, 'utf8'), 'what was there');
});

scenario('With --force a file is replaced, and then only its owner can read it', async ({ sandbox }) => {
  await using file = await fileWith('what was there');
  await chmod(file.path, 0o644);
  const seeded = await seedByBrowser(sandbox, [...seedArguments, '--output', file.path, '--force']);

  assert.equal(seeded.exitCode, 0, seeded.told);
  assert.match(await readFile(file.path, 'utf8'), /^\{.*\}\n$/);
  if (hasModes) assert.equal((await stat(file.path)).mode & 0o777, 0o600);
  assert.deepEqual(await readdir(dirname(file.path)), ['file']);
});

scenario('A failed sign-in leaves the file as it was, even with --force', async ({ sandbox }) => {
  await using file = await fileWith('what was there');
  await using companion = await Companion.start([...seedArguments, '--output', file.path, '--force'], {
    sandbox,
  });
  await sandbox.authority.declineByBrowser(await companion.authorizationUrl());

  assert.equal((await companion.ended).exitCode, 1);
  assert.equal(await readFile(file.path, 'utf8'), 'what was there');
  assert.deepEqual(await readdir(dirname(file.path)), ['file']);
});

scenario('A failed sign-in leaves no new file', async ({ sandbox }) => {
  await using other = await fileWith('');
  const path = join(dirname(other.path), 'sign-in.txt');
  await using companion = await Companion.start([...seedArguments, '--output', path], { sandbox });
  await sandbox.authority.declineByBrowser(await companion.authorizationUrl());

  assert.equal((await companion.ended).exitCode, 1);
  assert.deepEqual(await readdir(dirname(path)), ['file']);
});

scenario(
  'An interrupted sign-in leaves no new file',
  async ({ sandbox }) => {
    await using other = await fileWith('');
    const path = join(dirname(other.path), 'sign-in.txt');
    await using companion = await Companion.start([...seedArguments, '--output', path], { sandbox });
    await companion.authorizationUrl();
    companion.process.kill('SIGINT');
    const { exitCode, told } = await companion.ended;

    assert.equal(exitCode, 130);
    assert.match(told, /^Interrupted\. Nothing was printed or saved\.$/m);
    assert.deepEqual(await readdir(dirname(path)), ['file']);
  },
  needsSignals,
);

scenario(
  'A file that another program makes during the sign-in is not replaced, and the failure says so',
  async ({ sandbox }) => {
    await using other = await fileWith('of another program');
    const path = join(dirname(other.path), 'sign-in.txt');
    await using companion = await Companion.start([...seedArguments, '--output', path], { sandbox });
    const url = await companion.authorizationUrl();
    await link(other.path, path);
    await sandbox.authority.signInByBrowser(url, alice.username);
    const { exitCode, told } = await companion.ended;

    assert.match(told, /^The sign-in could not be saved\.\nWhy: .*: the file already exists \(EEXIST\)\.$/m);
    assert.equal(exitCode, 1);
    assert.equal(await readFile(path, 'utf8'), 'of another program');
    assert.deepEqual((await readdir(dirname(path))).sort(), ['file', 'sign-in.txt']);
  },
);
