import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { multiTenantApp } from '../../sandbox/authority/directory.ts';
import { python } from '../../scripts/python-environment.ts';

const program = join(import.meta.dirname, '..', '..', 'dist', 'cli.js');

test('In a terminal without a pipe, seed is refused before any sign-in', async () => {
  const words = [process.execPath, program, 'seed', '--client-id', multiTenantApp.clientId, '--device-code'];
  const inTerminal = `import os, pty, sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(${JSON.stringify(words)})))`;
  // Where it asked for a sign-in, nothing would answer.
  const env = { PATH: process.env['PATH'], https_proxy: 'http://127.0.0.1:9' };

  await assert.rejects(promisify(execFile)(python, ['-c', inTerminal], { env }), (error) => {
    const { code, stdout } = error as Error & { readonly code: number; readonly stdout: string };
    assert.equal(code, 2);
    assert.match(
      stdout,
      /does not print a sign-in to a terminal.*\r\n.*--output sign-in\.txt && gh secret set ENTRA_TOKEN_CACHE < sign-in\.txt\r\n/,
    );
    return true;
  });
});
