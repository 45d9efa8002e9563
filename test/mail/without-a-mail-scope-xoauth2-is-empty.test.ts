import assert from 'node:assert/strict';
import { schedule, workflowDispatch } from '../../sandbox/runner/events.ts';
import { logOf, scenario } from '../e2e/scenario.ts';

scenario(
  'Without a mail scope xoauth2 is empty, and a mailbox that has no effect is reported',
  async ({ run, runAndSignIn }) => {
    const first = await runAndSignIn(workflowDispatch());
    assert.equal(first.outputs['xoauth2'], '');
    assert.doesNotMatch(logOf(first), /xoauth2/);

    const second = await run(schedule(), { inputs: { mailbox: 'reports@sandbox.example' } });
    assert.equal(second.outputs['xoauth2'], '');
    assert.match(logOf(second), /xoauth2 is empty although mailbox is set/);
  },
);
