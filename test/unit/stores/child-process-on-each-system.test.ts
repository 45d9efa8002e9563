import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { childEnvironment } from '../../../src/stores/workflow-cache/child-environment.ts';
import { endProcess, startProgram } from '../../../src/stores/workflow-cache/child-process.ts';

test('inputs are withheld from the child in whatever case they are written, and what it needs is not', () => {
  const environment = {
    'INPUT_TOKEN-CACHE': 'secret',
    'input_encryption-key': 'secret',
    Input_Account: 'alice',
  };
  const needed = {
    // Without these Windows starts no program, and finds no tar.
    Path: 'C:\\Windows\\system32',
    SystemRoot: 'C:\\Windows',
    NODE_EXTRA_CA_CERTS: 'C:\\ca.pem',
    ACTIONS_CACHE_URL: 'https://cache.example/',
    ACTIONS_RUNTIME_TOKEN: 'runtime',
  };
  assert.deepEqual(childEnvironment({ ...environment, ...needed }, 'folder'), {
    ...needed,
    GITHUB_WORKSPACE: 'folder',
    RUNNER_TEMP: 'folder',
  });
});

test('a name that differs in case alone does not win over the child’s own folder', () => {
  const environment = childEnvironment(
    { Runner_Temp: 'D:\\a\\_temp', github_workspace: 'D:\\a\\mail' },
    'folder',
  );
  assert.deepEqual(environment, { GITHUB_WORKSPACE: 'folder', RUNNER_TEMP: 'folder' });
});

test('on Windows a child is ended with all that it started, and one that has ended is left alone', () => {
  const ran: string[] = [];
  const windows = {
    platform: 'win32' as const,
    run: (program: string, args: readonly string[]) => void ran.push([program, ...args].join(' ')),
  };
  endProcess({ pid: 4711, exitCode: null, signalCode: null } as ChildProcess, windows);
  // By then the number may be that of a stranger.
  endProcess({ pid: 4712, exitCode: 0, signalCode: null } as ChildProcess, windows);
  assert.deepEqual(ran, ['taskkill /pid 4711 /t /f']);
});

test('on this system a child is ended with all that it started', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'child-process-'));
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const program = join(folder, 'program.mjs');
  const grandchild = `require('node:net').connect(${port}, '127.0.0.1')`;
  await writeFile(
    program,
    `import { spawn } from 'node:child_process';
     spawn(process.execPath, ['--eval', ${JSON.stringify(grandchild)}], { stdio: 'ignore' });
     setInterval(() => {}, 1000);`,
  );
  const child = startProgram(program, folder, process.env);
  const [connection] = (await once(server, 'connection')) as [Socket];
  connection.on('error', () => undefined).resume();
  const ended = Promise.all([once(child, 'exit'), once(connection, 'close')]);

  endProcess(child);

  await ended;
  server.close();
  await rm(folder, { recursive: true, maxRetries: 3 });
});
