/**
 * The floor of the path through the workflow cache: `restoreCache`, isolated as the action isolates it, and nothing else.
 * Its argument is the prefix of the entry's key; the program beside it does the work.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const program = join(import.meta.dirname, 'restore-child.js');
const prefix = process.argv[2] ?? '';

const folder = await mkdtemp(join(process.env['RUNNER_TEMP'] ?? tmpdir(), 'restore-only-'));
const child = spawn(process.execPath, [program, prefix], {
  cwd: folder,
  env: { ...process.env, GITHUB_WORKSPACE: folder, RUNNER_TEMP: folder },
  stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
});
child.on('message', (message) => console.log(String(message)));
await new Promise((resolve) => child.once('close', resolve));
await rm(folder, { recursive: true, force: true });
