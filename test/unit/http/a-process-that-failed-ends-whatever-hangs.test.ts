import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

const module = new URL('../../../src/process-exit.ts', import.meta.url).href;

/** Runs a program that ends itself; it would be ended after a minute. */
function run(body: string): { readonly failed: boolean; readonly output: string } {
  const program = `import { exitWithFailure } from ${JSON.stringify(module)};\n${body}`;
  const args = ['--disable-warning=ExperimentalWarning', '--input-type=module', '--eval', program];
  const { status, signal, stdout, error } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    timeout: 60_000,
    killSignal: 'SIGTERM',
  });
  assert.equal(error, undefined, 'it did not end');
  return { failed: status !== 0 && signal !== 'SIGTERM', output: stdout };
}

test('A process that waits for nothing in a thread ends with its code', () => {
  const { failed, output } = run(
    `setInterval(() => undefined, 1000); process.on('exit', (code) => console.log('code', code)); exitWithFailure();`,
  );
  assert.equal(failed, true);
  assert.equal(output, 'code 1\n');
});

test('A process that waits for a disk that hangs ends as a failure, its last duties done', {
  skip: process.platform === 'win32' && 'a system without named pipes in the file system',
}, () => {
  const folder = mkdtempSync(join(tmpdir(), 'hangs-'));
  // To open a pipe that nobody writes to takes for ever, in a thread.
  const pipe = join(folder, 'pipe');
  execFileSync('mkfifo', [pipe]);
  const { failed, output } = run(
    `import { open } from 'node:fs/promises';
     void open(${JSON.stringify(pipe)});
     process.on('exit', () => console.log('cleared'));
     setTimeout(exitWithFailure, 50);`,
  );
  assert.equal(failed, true);
  assert.equal(output, 'cleared\n');
  rmSync(folder, { recursive: true });
});
