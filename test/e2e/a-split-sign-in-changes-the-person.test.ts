import assert from 'node:assert/strict';
import { alice, bob } from '../../sandbox/authority/directory.ts';
import { workflowDispatch } from '../../sandbox/runner/events.ts';
import { logOf, scenario } from './scenario.ts';
import { beginSignIn, finishSignIn } from './two-jobs.ts';

scenario('A sign-in that was forced in the first job changes the person in the second', async (world) => {
  await world.runAndSignIn(workflowDispatch(), alice.username);
  const event = workflowDispatch();
  const { outputs } = await beginSignIn(world, event, { 'sign-in': 'force' });
  await world.sandbox.authority.signIn(outputs['user-code'] ?? '', bob.username);

  const second = await (await finishSignIn(world, event, outputs)).finished;
  assert.equal(second.outputs['username'], bob.username, logOf(second));
});
