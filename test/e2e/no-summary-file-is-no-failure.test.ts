import assert from 'node:assert/strict';
import { workflowDispatch } from '../../sandbox/runner/events.ts';
import { logOf, scenario } from './scenario.ts';

scenario('Where the runner has no job summaries, the log alone shows the code', async ({ runAndSignIn }) => {
  const run = await runAndSignIn(workflowDispatch(), undefined, { noSummary: true });
  assert.equal(run.conclusion, 'success', logOf(run));
  assert.equal(run.outputs['source'], 'sign-in');
});
