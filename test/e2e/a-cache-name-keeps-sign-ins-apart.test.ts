import assert from 'node:assert/strict';
import { alice, bob } from '../../sandbox/authority/directory.ts';
import { schedule, workflowDispatch } from '../../sandbox/runner/events.ts';
import { scenario } from './scenario.ts';

scenario('A cache-name keeps two sign-ins of one workflow apart', async ({ run, runAndSignIn }) => {
  const people = [
    [alice, { 'cache-name': 'reports' }],
    [bob, { 'cache-name': 'invoices' }],
  ] as const;
  for (const [{ username }, inputs] of people) {
    const first = await runAndSignIn(workflowDispatch(), username, { inputs });
    assert.equal(first.outputs['saved-to'], 'workflow-cache');
  }
  for (const [{ username }, inputs] of people) {
    const silent = await run(schedule(), { inputs });
    assert.deepEqual([silent.outputs['source'], silent.outputs['username']], ['cache', username]);
  }
  const unnamed = await run(schedule());
  assert.deepEqual(unnamed.outputs, { 'error-code': 'sign-in-needed' });
});
