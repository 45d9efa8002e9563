import assert from 'node:assert/strict';
import { alice } from '../../sandbox/authority/directory.ts';
import { workflowDispatch } from '../../sandbox/runner/events.ts';
import { logOf, scenario } from './scenario.ts';
import { beginSignIn, finishSignIn } from './two-jobs.ts';

scenario('A second job that finishes the same sign-in is told that it was used', async (world) => {
  const event = workflowDispatch();
  const { outputs } = await beginSignIn(world, event);
  await world.sandbox.authority.signIn(outputs['user-code'] ?? '', alice.username);
  const inputs = { 'workflow-cache': 'false' };

  const second = await (await finishSignIn(world, event, outputs, inputs)).finished;
  assert.equal(second.outputs['source'], 'sign-in');
  const third = await (await finishSignIn(world, event, outputs, inputs)).finished;
  assert.deepEqual(third.outputs, { 'error-code': 'sign-in-used' });
  assert.match(logOf(third), /the code was used already, or declined \(AADSTS90120\)/);
  assert.match(logOf(third), /One job finishes a sign-in, once\. For a new code choose "Re-run all jobs"/);
});
