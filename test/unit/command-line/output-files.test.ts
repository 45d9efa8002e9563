import assert from 'node:assert/strict';
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type TestContext } from 'node:test';
import { checkOutputFile, writeOutputFile } from '../../../src/command-line/new-file.ts';
import { UsageError } from '../../../src/command-line/usage-error.ts';
import { Failure } from '../../../src/failure.ts';

test('The check leaves nothing behind, and neither does what is written beside the file', (t) => {
  const { folder, path } = folderFor(t);
  checkOutputFile({ path, mayReplace: false });
  assert.deepEqual(fs.readdirSync(folder), []);

  writeOutputFile({ path, mayReplace: false }, 'sealed\n');
  assert.deepEqual(fs.readdirSync(folder), ['sign-in.txt']);
  assert.equal(fs.readFileSync(path, 'utf8'), 'sealed\n');
});

for (const [what, nameOf, says] of [
  ['a folder', (folder: string) => folder, /of --output is a folder/],
  ['a name that only a folder has', (folder: string) => `${folder}/new/`, /of --output is a folder/],
  ['a device', () => '/dev/null', /of --output is a link or a device/],
  ['a folder that does not exist', (folder: string) => join(folder, 'no', 'file'), /no such file.*ENOENT/],
  ['a file for a folder', (folder: string) => join(folder, 'file', 'file'), /not a folder \(ENOTDIR\)/],
  ['too long a name', (folder: string) => join(folder, 'x'.repeat(300)), /too long \(ENAMETOOLONG\)/],
] as const) {
  test(`The check refuses ${what}, even with --force, and repeats no path`, {
    skip: process.platform === 'win32',
  }, (t) => {
    const { folder } = folderFor(t);
    fs.writeFileSync(join(folder, 'file'), '');
    const path = nameOf(folder);

    assert.throws(
      () => checkOutputFile({ path, mayReplace: true }),
      (error) => error instanceof UsageError && says.test(error.message) && !error.message.includes(folder),
    );
    assert.deepEqual(fs.readdirSync(folder), ['file']);
  });
}

test('The check refuses a symbolic link, also one that leads nowhere', {
  skip: process.platform === 'win32',
}, (t) => {
  const { folder, path } = folderFor(t);
  fs.symlinkSync(join(folder, 'nowhere'), path);

  assert.throws(() => checkOutputFile({ path, mayReplace: true }), /of --output is a link or a device/);
});

test('The check refuses the key file by whatever name, since the sign-in could never be opened', (t) => {
  const { folder, path } = folderFor(t);
  fs.writeFileSync(path, 'a key');
  fs.linkSync(path, join(folder, 'entra.key'));

  assert.throws(
    () => checkOutputFile({ path, mayReplace: true }, join(folder, 'entra.key')),
    /of --output is the file of --encryption-key-file/,
  );
});

test('A new file never takes the place of a link that was made in the meantime', {
  skip: process.platform === 'win32',
}, (t) => {
  const { folder, path } = folderFor(t);
  fs.symlinkSync(join(folder, 'nowhere'), path);

  assert.throws(() => writeOutputFile({ path, mayReplace: false }, 'sealed'), /already exists \(EEXIST\)/);
  assert.deepEqual(fs.readdirSync(folder), ['sign-in.txt']);
  assert.ok(fs.lstatSync(path).isSymbolicLink());
});

test('Only the owner can read the file, whatever the umask', { skip: process.platform === 'win32' }, (t) => {
  const { path } = folderFor(t);
  const before = process.umask(0o277);
  t.after(() => process.umask(before));
  writeOutputFile({ path, mayReplace: false }, 'sealed');

  assert.equal(fs.statSync(path).mode & 0o777, 0o600);
});

for (const operation of ['writeFileSync', 'fsyncSync'] as const) {
  test(`On a full disk that ${operation} reports, the failure says so and the file is as it was`, (t) => {
    const { folder, path } = folderFor(t);
    fs.writeFileSync(path, 'what was there');
    fail(t, operation, 'ENOSPC');

    assert.throws(
      () => writeOutputFile({ path, mayReplace: true }, 'sealed'),
      (error) =>
        error instanceof Failure &&
        /^The sign-in could not be saved\.\nWhy: .*: the disk is full \(ENOSPC\)\.$/m.test(error.message),
    );
    assert.equal(fs.readFileSync(path, 'utf8'), 'what was there');
    assert.deepEqual(fs.readdirSync(folder), ['sign-in.txt']);
  });
}

test('On a full disk there is no new file', (t) => {
  const { folder, path } = folderFor(t);
  fail(t, 'fsyncSync', 'ENOSPC');

  assert.throws(() => writeOutputFile({ path, mayReplace: false }, 'sealed'), /the disk is full/);
  assert.deepEqual(fs.readdirSync(folder), []);
});

test('Where a file system has no links, a new file is written, and one that exists is not replaced', (t) => {
  const { folder, path } = folderFor(t);
  fail(t, 'linkSync', 'EPERM');

  writeOutputFile({ path, mayReplace: false }, 'sealed');
  assert.equal(fs.readFileSync(path, 'utf8'), 'sealed');
  assert.throws(() => writeOutputFile({ path, mayReplace: false }, 'other'), /already exists \(EEXIST\)/);
  assert.equal(fs.readFileSync(path, 'utf8'), 'sealed');
  assert.deepEqual(fs.readdirSync(folder), ['sign-in.txt']);
});

test('Where a file system has no links and the rename fails, no empty file is left', (t) => {
  const { folder, path } = folderFor(t);
  fail(t, 'linkSync', 'EPERM');
  fail(t, 'renameSync', 'EIO');

  assert.throws(() => writeOutputFile({ path, mayReplace: false }, 'sealed'), /reports an error \(EIO\)/);
  assert.deepEqual(fs.readdirSync(folder), []);
});

test('An error without a name in words is named by its code', (t) => {
  const { path } = folderFor(t);
  fail(t, 'linkSync', 'EPERM');
  fail(t, 'renameSync', 'EXDEV');

  assert.throws(() => writeOutputFile({ path, mayReplace: false }, 'sealed'), /the system reports EXDEV\./);
});

function folderFor(t: TestContext): { readonly folder: string; readonly path: string } {
  const folder = fs.mkdtempSync(join(tmpdir(), 'output-file-'));
  t.after(() => fs.rmSync(folder, { recursive: true, force: true }));
  return { folder, path: join(folder, 'sign-in.txt') };
}

/** Makes an operation of Node's fail for the rest of the test, as a file system would. */
function fail(t: TestContext, operation: keyof typeof fs & `${string}Sync`, code: string): void {
  const mock = t.mock.method(fs, operation as 'fsyncSync', () => {
    throw Object.assign(new Error(`${code}: of the test`), { code });
  });
  syncBuiltinESMExports();
  t.after(() => {
    mock.mock.restore();
    syncBuiltinESMExports();
  });
}
