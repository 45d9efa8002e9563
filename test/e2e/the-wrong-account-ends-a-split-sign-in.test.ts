import assert from 'node:assert/strict';
import { alice, bob, sandboxTenant } from '../../sandbox/authority/directory.ts';
import { workflowDispatch } from '../../sandbox/runner/events.ts';
import { logOf, scenario } from './scenario.ts';
import { beginSignIn, finishSignIn } from './two-jobs.ts';

scenario('When the wrong account ends a split sign-in, nothing is output or saved', async (world) => {
  const inputs = { account: alice.username, 'tenant-id': sandboxTenant.id };
  const event = workflowDispatch();
  const { outputs } = await beginSignIn(world, event, inputs);
  await world.sandbox.authority.signIn(outputs['user-code'] ?? '', bob.username);

  const second = await (await finishSignIn(world, event, outputs, inputs)).finished;
  assert.deepEqual(second.outputs, { 'error-code': 'wrong-account' });
  assert.match(logOf(second), /only alice@sandbox\.example is accepted/);
  assert.match(logOf(second), /For a new code choose "Re-run all jobs"/);
  assert.equal(world.sandbox.cacheService.entries.length, 0);
  assert.match(second.summary, /Sign-in failed/);
});

scenario('When the person declines, the second job says so', async (world) => {
  const event = workflowDispatch();
  const { outputs } = await beginSignIn(world, event);
  await world.sandbox.authority.decline(outputs['user-code'] ?? '');

  const second = await (await finishSignIn(world, event, outputs)).finished;
  assert.deepEqual(second.outputs, { 'error-code': 'sign-in-declined' });
  assert.match(logOf(second), /pressed Cancel/);
});
