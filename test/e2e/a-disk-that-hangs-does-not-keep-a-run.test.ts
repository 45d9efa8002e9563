import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { alice } from '../../sandbox/authority/directory.ts';
import { workflowDispatch } from '../../sandbox/runner/events.ts';
import { needsSignals } from '../sandbox/signals.ts';
import { scenario, shownCode } from './scenario.ts';

scenario(
  'A run that is cancelled ends although the disk with the job summary hangs',
  async ({ start }) => {
    const folder = await mkdtemp(join(tmpdir(), 'hangs-'));
    // To open a pipe that nobody reads takes for ever.
    const summary = join(folder, 'summary');
    execFileSync('mkfifo', [summary]);
    const running = await start(workflowDispatch(), { env: { GITHUB_STEP_SUMMARY: summary } });
    await shownCode(running);

    running.signal('SIGINT');
    const run = await running.finished;

    assert.notEqual(run.exitCode, 0);
    assert.deepEqual(run.outputs, { 'error-code': 'cancelled' });
    await rm(folder, { recursive: true });
  },
  needsSignals,
);

scenario(
  'A run that has its token ends with success although the disk with the job summary hangs',
  async ({ sandbox, start }) => {
    const folder = await mkdtemp(join(tmpdir(), 'hangs-'));
    const summary = join(folder, 'summary');
    execFileSync('mkfifo', [summary]);

    const running = await start(workflowDispatch(), { env: { GITHUB_STEP_SUMMARY: summary } });
    await sandbox.authority.signIn(await shownCode(running), alice.username);
    const run = await running.finished;

    assert.equal(run.exitCode, 0);
    assert.equal(run.outputs['source'], 'sign-in');
    await rm(folder, { recursive: true });
  },
  needsSignals,
);
