import assert from 'node:assert/strict';
import { workflowDispatch } from '../../sandbox/runner/events.ts';
import { jobOutputs } from '../../sandbox/runner/job-outputs.ts';
import { scenario } from './scenario.ts';
import { finishSignIn } from './two-jobs.ts';

scenario('Where a stored sign-in works, both jobs receive a token and nothing is pending', async (world) => {
  const { run, runAndSignIn, entraRequests, sandbox } = world;
  await runAndSignIn(workflowDispatch());
  sandbox.authority.clearRequests();

  const event = workflowDispatch();
  const first = await run(event, { inputs: { 'wait-for-sign-in': 'false' } });
  assert.equal(first.outputs['source'], 'cache');
  assert.equal(first.outputs['pending-sign-in'], '');
  assert.equal(first.outputs['user-code'], '');
  assert.equal(first.outputs['verification-uri'], '');
  assert.equal(first.summary, '');

  const second = await (await finishSignIn(world, event, jobOutputs(first).outputs)).finished;
  assert.equal(second.outputs['source'], 'cache');
  assert.equal(second.outputs['pending-sign-in'], undefined);
  assert.equal(entraRequests(), 0);
});
