import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { alice } from '../../sandbox/authority/directory.ts';
import { schedule, workflowDispatch } from '../../sandbox/runner/events.ts';
import { scenario, shownCode } from './scenario.ts';

scenario(
  'A runner whose temporary folder has a space in its path saves the sign-in in the workflow cache',
  async ({ sandbox, run, start }) => {
    const folder = await mkdtemp(join(tmpdir(), 'spaces-'));
    const temporary = join(folder, 'my runner');
    await mkdir(temporary);
    const env = { RUNNER_TEMP: temporary };

    const running = await start(workflowDispatch(), { env });
    await sandbox.authority.signIn(await shownCode(running), alice.username);
    const day = await running.finished;
    assert.equal(day.outputs['saved-to'], 'workflow-cache');
    const night = await run(schedule(), { env });
    assert.equal(night.outputs['source'], 'cache');
    await rm(folder, { recursive: true });
  },
);
