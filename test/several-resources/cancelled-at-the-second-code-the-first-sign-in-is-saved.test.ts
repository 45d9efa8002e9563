import assert from 'node:assert/strict';
import { alice } from '../../sandbox/authority/directory.ts';
import { schedule, workflowDispatch } from '../../sandbox/runner/events.ts';
import { logOf, scenario, shownCode } from '../e2e/scenario.ts';
import { needsSignals } from '../sandbox/signals.ts';
import { graphAndMail, secondCode } from './two-resources.ts';

scenario(
  'When the run is cancelled at the second code, the first sign-in is saved',
  async ({ sandbox, start, run }) => {
    const running = await start(workflowDispatch(), { inputs: graphAndMail });
    const code = await shownCode(running);
    await sandbox.authority.signIn(code, alice.username);
    await secondCode(running, code);
    running.signal('SIGINT');
    const cancelled = await running.finished;
    assert.deepEqual(cancelled.outputs, { 'error-code': 'cancelled' });
    assert.match(logOf(cancelled), /was saved to the workflow cache/);

    const alone = await run(schedule());
    assert.equal(alone.outputs['source'], 'cache');
  },
  needsSignals,
);
