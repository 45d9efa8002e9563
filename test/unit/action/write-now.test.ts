import assert from 'node:assert/strict';
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { type TestContext, test } from 'node:test';
import { writeNow } from '../../../src/action/write-now.ts';

function writeSyncIs(context: TestContext, write: (bytes: Buffer, from: number) => number): void {
  context.mock.method(fs, 'writeSync', (_: number, bytes: Buffer, from: number) => write(bytes, from));
  syncBuiltinESMExports();
  context.after(() => {
    context.mock.restoreAll();
    syncBuiltinESMExports();
  });
}

function failWith(code: string): never {
  throw Object.assign(new Error(), { code });
}

test('a text goes out whole through a pipe that is full for a moment', (context) => {
  let out = '';
  let attempts = 0;
  writeSyncIs(context, (bytes, from) => {
    if (attempts++ % 2 === 0) failWith('EAGAIN');
    out += bytes.subarray(from, from + 4).toString('latin1');
    return Math.min(4, bytes.length - from);
  });
  writeNow(1, 'more than four');
  assert.equal(out, 'more than four');
});

test('a reader that is gone stops nothing', (context) => {
  writeSyncIs(context, () => failWith('EPIPE'));
  writeNow(1, 'text');
});
