import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { alice } from '../../sandbox/authority/directory.ts';
import { schedule, workflowDispatch } from '../../sandbox/runner/events.ts';
import { shownCode } from '../e2e/scenario.ts';
import { needsSignals } from '../sandbox/signals.ts';
import { secretScenario } from './secret-scenario.ts';

secretScenario(
  'A sign-in that came in is written to the secret although the run was cancelled meanwhile',
  async ({ sandbox, start, run }) => {
    // The first write is the probe.
    sandbox.githubApi.faults.add('put', { kind: 'delay', milliseconds: 800 }, { after: 1 });
    const running = await start(workflowDispatch());
    await sandbox.authority.signIn(await shownCode(running), alice.username);
    const writes = () => sandbox.githubApi.requests.filter(({ endpoint }) => endpoint === 'put').length;
    while (writes() < 2) await pause(20);
    running.signal('SIGINT');
    await running.finished;

    assert.equal((await run(schedule())).outputs['source'], 'cache');
  },
  needsSignals,
);
