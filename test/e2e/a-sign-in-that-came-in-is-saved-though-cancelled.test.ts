import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { schedule, workflowDispatch } from '../../sandbox/runner/events.ts';
import { needsSignals } from '../sandbox/signals.ts';
import { scenario, shownCode } from './scenario.ts';

scenario(
  'A sign-in that came in is saved although the run was cancelled meanwhile',
  async ({ sandbox, start, run }) => {
    sandbox.cacheService.faults.add('create', { kind: 'delay', milliseconds: 800 });
    const running = await start(workflowDispatch());
    await sandbox.authority.signIn(await shownCode(running), 'alice@sandbox.example');
    while (
      !sandbox.cacheService.requests.some(({ endpoint }) => endpoint === 'create') &&
      sandbox.authority.secrets.every(({ kind }) => kind !== 'refresh_token')
    )
      await pause(20);
    await pause(300);
    running.signal('SIGINT');
    await running.finished;

    const night = await run(schedule());
    assert.equal(night.outputs['source'], 'cache');
  },
  needsSignals,
);
