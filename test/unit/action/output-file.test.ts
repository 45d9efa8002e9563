import assert from 'node:assert/strict';
import crypto from 'node:crypto';
import fs, { existsSync, readFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { type TestContext, test } from 'node:test';
import { parseFileCommands } from '../../../sandbox/runner/file-commands.ts';
import { OutputsUnwritable, requireOutputFile, writeOutputs } from '../../../src/action/output-file.ts';
import { outputFile, outputsGoTo } from '../fakes/output-file.ts';

/** Lets the disk run full in the middle of a write, after so many whole ones. */
function fullAfter(context: TestContext, writes: number): void {
  const { appendFileSync } = fs;
  let count = 0;
  context.mock.method(fs, 'appendFileSync', (path: string, text: string) => {
    if (count++ < writes) return appendFileSync(path, text);
    appendFileSync(path, text.slice(0, text.length / 2));
    throw Object.assign(new Error(`ENOSPC: ${text}`), { code: 'ENOSPC' });
  });
  alter(context);
}

/** What is mocked of Node's own modules holds for who imported it, too, and until the test ends. */
function alter(context: TestContext): void {
  syncBuiltinESMExports();
  context.after(() => {
    context.mock.restoreAll();
    syncBuiltinESMExports();
  });
}

function whyNot(work: () => void): string {
  let why = '';
  assert.throws(work, (error: unknown) => {
    assert.ok(error instanceof OutputsUnwritable);
    why = error.explanation.why;
    return true;
  });
  return why;
}

test('all outputs are written, each whole, after what was there', (context) => {
  const { path } = outputFile(context, 'earlier=1\n');
  writeOutputs({ one: 'a', several: 'b\nc=d\n', empty: '' });
  assert.deepEqual(parseFileCommands(readFileSync(path, 'utf8')), {
    earlier: '1',
    one: 'a',
    several: 'b\nc=d\n',
    empty: '',
  });
});

test('when the disk is full in the middle, none of the outputs is there', (context) => {
  const { path } = outputFile(context, 'earlier=1\n');
  fullAfter(context, 2);
  const why = whyNot(() => writeOutputs({ one: '1', two: '2', three: 'the value', four: '4' }));
  assert.match(why, /disk that is full/);
  assert.doesNotMatch(why, /the value/);
  assert.equal(readFileSync(path, 'utf8'), 'earlier=1\n');
});

test('when an output is one that the library refuses, none of the outputs is there', (context) => {
  const { path } = outputFile(context);
  context.mock.method(crypto, 'randomUUID', () => 'always-the-same');
  alter(context);
  whyNot(() => writeOutputs({ one: '1', two: 'ghadelimiter_always-the-same', three: '3' }));
  assert.equal(readFileSync(path, 'utf8'), '');
});

test('when what was written cannot be removed, the reason says so too', (context) => {
  outputFile(context);
  fullAfter(context, 1);
  context.mock.method(fs, 'truncateSync', () => {
    throw Object.assign(new Error(), { code: 'EINVAL' });
  });
  alter(context);
  const why = whyNot(() => writeOutputs({ one: '1', two: '2' }));
  assert.match(why, /disk that is full; what was written before that could not be removed \(EINVAL\)/);
});

test('a file that can be written is left as it was', (context) => {
  const { path } = outputFile(context, 'earlier=1\n');
  requireOutputFile();
  assert.equal(readFileSync(path, 'utf8'), 'earlier=1\n');
});

for (const [what, go] of [
  ['is not set', (context: TestContext) => outputsGoTo(context, undefined)],
  ['is empty', (context: TestContext) => outputsGoTo(context, '')],
] as const) {
  test(`a variable for the file that ${what} is a failure, and nothing is printed in its place`, (context) => {
    go(context);
    const write = context.mock.method(process.stdout, 'write', () => true);
    assert.match(whyNot(requireOutputFile), /GITHUB_OUTPUT.*is not set or is empty/);
    assert.match(
      whyNot(() => writeOutputs({ one: '1' })),
      /GITHUB_OUTPUT/,
    );
    assert.equal(write.mock.callCount(), 0);
  });
}

test('a file that is not there is a failure, and is not made', (context) => {
  const { folder } = outputFile(context);
  const path = `${folder}/elsewhere`;
  outputsGoTo(context, path);
  assert.match(whyNot(requireOutputFile), /does not exist/);
  assert.match(
    whyNot(() => writeOutputs({ one: '1' })),
    /does not exist/,
  );
  assert.equal(existsSync(path), false);
});

test('a folder in its place is a failure', (context) => {
  outputsGoTo(context, outputFile(context).folder);
  assert.match(whyNot(requireOutputFile), /is a folder|not be written/);
  assert.match(
    whyNot(() => writeOutputs({ one: '1' })),
    /not a file/,
  );
});

const devices = { skip: process.platform === 'win32' && 'Windows has no such devices' };

test('a disk that is full is found out beforehand', {
  ...devices,
  skip: process.platform !== 'linux',
}, (context) => {
  outputsGoTo(context, '/dev/full');
  assert.match(whyNot(requireOutputFile), /disk that is full/);
});

test('a device that keeps nothing is no file for outputs', devices, (context) => {
  outputsGoTo(context, '/dev/null');
  assert.match(whyNot(requireOutputFile), /is not a file/);
  assert.match(
    whyNot(() => writeOutputs({ one: '1' })),
    /is not a file/,
  );
});

test('a disk that became read-only before the first output is reported, and not something left on it', (context) => {
  outputFile(context, 'earlier=1\n');
  const refuse = (): never => {
    throw Object.assign(new Error('EROFS'), { code: 'EROFS' });
  };
  context.mock.method(fs, 'appendFileSync', refuse);
  context.mock.method(fs, 'truncateSync', refuse);
  alter(context);
  const why = whyNot(() => writeOutputs({ one: '1' }));
  assert.equal(why, 'the file for them, which GITHUB_OUTPUT names, is on a disk that is read-only.');
});
