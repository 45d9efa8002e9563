import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { seconds } from '../../../src/clock.ts';
import { restoreEntries } from '../../../src/stores/workflow-cache/cache-process.ts';

test('A process of the cache whose channel stays open when it is killed is not waited for', {
  skip: process.platform === 'win32' && 'a system without groups of processes',
}, async (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  const folder = await mkdtemp(join(tmpdir(), 'not-closing-'));
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const program = join(folder, 'program.mjs');
  const heir = `require('node:net').connect(${port}, '127.0.0.1').on('error', () => undefined)`;
  // What it starts leaves its group, and holds the channel.
  await writeFile(
    program,
    `import { spawn } from 'node:child_process';
     const stdio = ['ignore', 'ignore', 'ignore', Number(process.env.CHANNEL)];
     spawn(process.execPath, ['--eval', ${JSON.stringify(heir)}], { detached: true, stdio });
     setInterval(() => {}, 1000);`,
  );
  const environment = { ...process.env, CHANNEL: '3' };
  const restoring = restoreEntries(
    ['prefix-'],
    { program, environment, temporaryFolder: folder },
    { within: seconds(10) },
  );
  const [heirsConnection] = (await once(server, 'connection')) as [Socket];
  // Also where an assertion fails: what was started would hold this process.
  context.after(async () => {
    heirsConnection.destroy();
    server.close();
    await rm(folder, { recursive: true });
  });

  context.mock.timers.tick(seconds(10));
  context.mock.timers.tick(seconds(5));

  assert.deepEqual(await restoring, [
    { kind: 'failed', reason: 'the cache service did not respond within 10 s', isSilence: true },
  ]);
  assert.deepEqual(await readdir(folder), ['program.mjs']);
});
