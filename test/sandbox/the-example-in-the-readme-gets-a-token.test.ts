import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { promisify } from 'node:util';

const folder = join(import.meta.dirname, '../../sandbox');

test("The program in the sandbox's README gets a token, and calls Microsoft Graph with it", async () => {
  const page = readFileSync(join(folder, 'README.md'), 'utf8');
  const program = /```js\n(.*?)```/s.exec(page)?.[1] ?? '';
  assert.match(program, /startSandbox/);
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program], {
    cwd: folder,
    timeout: 60_000,
  });
  assert.match(stdout, /^Access token of alice@sandbox\.example from the sign-in/m);
  assert.match(stdout, /status: 200/);
});
