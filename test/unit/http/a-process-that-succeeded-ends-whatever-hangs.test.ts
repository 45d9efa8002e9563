import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

const module = new URL('../../../src/process-exit.ts', import.meta.url).href;

/** Runs a program that ends itself; it would be ended after a minute. */
function run(body: string): readonly [code: number | null, output: string, errors: string] {
  const program = `import { exitWithSuccess } from ${JSON.stringify(module)};\n${body}`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', program], {
    encoding: 'utf8',
    timeout: 40_000,
  });
  return [status, stdout, stderr];
}

test('A process that waits for nothing in a thread ends with success', () => {
  const outcome = run(
    `setInterval(() => undefined, 1000); process.on('exit', (code) => console.log('code', code)); exitWithSuccess();`,
  );
  assert.deepEqual(outcome, [0, 'code 0\n', '']);
});

test('A process that waits for a disk that hangs ends with success, its last duties done, without a word', {
  skip: (process.platform === 'win32' || !process.execve) && 'no process becomes another program here',
}, () => {
  const folder = mkdtempSync(join(tmpdir(), 'hangs-'));
  // To open a pipe that nobody writes to takes for ever, in a thread.
  const pipe = join(folder, 'pipe');
  execFileSync('mkfifo', [pipe]);
  const outcome = run(
    `import { open } from 'node:fs/promises';
     void open(${JSON.stringify(pipe)});
     process.on('exit', (code) => console.log('cleared', code));
     setTimeout(exitWithSuccess, 50);`,
  );
  assert.deepEqual(outcome, [0, 'cleared 0\n', '']);
  rmSync(folder, { recursive: true });
});
