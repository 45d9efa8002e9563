import assert from 'node:assert/strict';
import fs, { readFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { type TestContext, test } from 'node:test';
import { parseFileCommands } from '../../../sandbox/runner/file-commands.ts';
import { writeOutputs } from '../../../src/action/output-file.ts';
import { reportFailure } from '../../../src/action/outputs.ts';
import { Failure } from '../../../src/failure.ts';
import { outputFile, outputsGoTo } from '../fakes/output-file.ts';

const failure = new Failure('sign-in-needed', { what: 'Sign in.', why: 'nobody\n100%.', fix: 'do.' });

/** What is written at once, to standard output and standard error. */
function writtenBy(
  context: TestContext,
  work: () => void,
  isClosed = false,
): { stdout: string; stderr: string } {
  const { writeSync } = fs;
  const written = { stdout: '', stderr: '' };
  context.mock.method(fs, 'writeSync', (file: number, bytes: Uint8Array, from = 0) => {
    if (file > 2) return writeSync(file, bytes, from);
    if (file === 1 && isClosed) throw Object.assign(new Error('write EPIPE'), { code: 'EPIPE' });
    // A pipe takes as much as it likes.
    const part = Buffer.from(bytes).subarray(from, from + 10);
    written[file === 1 ? 'stdout' : 'stderr'] += part.toString('latin1');
    return part.length;
  });
  syncBuiltinESMExports();
  try {
    work();
  } finally {
    context.mock.restoreAll();
    syncBuiltinESMExports();
  }
  return written;
}

test('a failure is one output and one command, written at once', (context) => {
  const { path } = outputFile(context);
  const { stdout, stderr } = writtenBy(context, () => reportFailure(failure, '', {}));
  assert.deepEqual(parseFileCommands(readFileSync(path, 'utf8')), { 'error-code': 'sign-in-needed' });
  assert.equal(
    stdout,
    '::error title=entra-user-token%3A sign-in-needed::Sign in.%0AWhy: nobody 100%25.%0AWhat to do: do.%0ANothing was output or saved.%0AHelp: docs/troubleshooting.md, sign-in-needed\n',
  );
  assert.equal(stderr, '');
});

test('where no output can be written, the failure is reported all the same, and why there is no output', (context) => {
  outputsGoTo(context, undefined);
  const { stdout, stderr } = writtenBy(context, () => reportFailure(failure, 'the workflow cache', {}));
  for (const text of [stdout, stderr]) {
    assert.match(text, /Sign in\./);
    assert.match(text, /was saved to the workflow cache/);
    assert.match(text, /error-code could not be set\. Why: GITHUB_OUTPUT/);
  }
  assert.match(stdout, /^::error title=[^\n]+\n$/);
});

test('where standard output is closed, the failure is reported on standard error', (context) => {
  outputFile(context);
  const { stdout, stderr } = writtenBy(context, () => reportFailure(failure, '', {}), true);
  assert.equal(stdout, '');
  assert.match(stderr, /^Sign in\.\nWhy: nobody/);
});

test('outputs that could not be written are reported once', (context) => {
  outputsGoTo(context, undefined);
  const { stdout, stderr } = writtenBy(context, () => {
    try {
      writeOutputs({ one: '1' });
    } catch (error) {
      reportFailure(error, '', {});
    }
  });
  assert.equal(stdout.split('GITHUB_OUTPUT').length, 2);
  assert.match(stderr, /GITHUB_OUTPUT/);
});
