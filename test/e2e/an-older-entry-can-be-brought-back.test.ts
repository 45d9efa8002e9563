import assert from 'node:assert/strict';
import { alice, bob, homeAccountId } from '../../sandbox/authority/directory.ts';
import { schedule, workflowDispatch } from '../../sandbox/runner/events.ts';
import { logOf, scenario, type World } from './scenario.ts';

// What docs/security.md says of rollback: these are limits, not wishes.

/** Stores the oldest entry once more, under a newer key of the same name. */
function bringBackOldest({ sandbox: { cacheService } }: World): void {
  const [oldest] = cacheService.entries;
  assert.ok(oldest);
  const { key, version, scope, bytes } = oldest;
  cacheService.plant({ key: `${key}0`, version, scope, bytes, createdAt: new Date(Date.now() + 1000) });
}

scenario(
  'Without account, a writer of the workflow cache can bring back an earlier person',
  async (world) => {
    await world.runAndSignIn(workflowDispatch(), bob.username);
    await world.runAndSignIn(workflowDispatch(), alice.username, { inputs: { 'sign-in': 'force' } });
    assert.equal((await world.run(schedule())).outputs['username'], alice.username);

    bringBackOldest(world);

    const night = await world.run(schedule());
    assert.equal(night.outputs['username'], bob.username, logOf(night));
  },
);

scenario('With account, what is brought back is an older entry of the same person', async (world) => {
  const inputs = { account: homeAccountId(alice) };
  await world.runAndSignIn(workflowDispatch(), alice.username, { inputs });
  await world.runAndSignIn(workflowDispatch(), alice.username, { inputs: { ...inputs, 'sign-in': 'force' } });

  bringBackOldest(world);

  const night = await world.run(schedule(), { inputs });
  assert.deepEqual([night.outputs['source'], night.outputs['username']], ['cache', alice.username]);
});
