import assert from 'node:assert/strict';
import { alice, bob, homeAccountId } from '../../sandbox/authority/directory.ts';
import { schedule, workflowDispatch } from '../../sandbox/runner/events.ts';
import { parseMsalCache } from '../../src/msal-cache/msal-cache.ts';
import { sealRecord } from '../../src/sealing/sign-in-record.ts';
import { logOf, scenario, type World } from './scenario.ts';
import { entryBinding, plantEntry, sealingKey } from './sealed-entries.ts';
import { seededCache } from './seeded-cache.ts';

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

scenario(
  'With a name as account, what is brought back may be of an earlier holder of the name',
  async (world) => {
    const { sandbox, encryptionKey, run } = world;
    const inputs = { account: alice.username };
    // As a run saved it that accepted Bob, when the name was still his.
    const record = {
      cache: parseMsalCache(await seededCache(sandbox, bob.username)),
      homeAccountId: homeAccountId(bob),
      refreshedAt: Date.now(),
      details: { pinned: { name: alice.username, id: homeAccountId(bob) } },
    };
    const binding = entryBinding(inputs);
    const entry = await sealRecord(record, { key: sealingKey(encryptionKey), binding, now: Date.now() });
    await plantEntry(sandbox, entry, binding, encryptionKey);
    await world.runAndSignIn(workflowDispatch(), alice.username, {
      inputs: { ...inputs, 'sign-in': 'force' },
    });
    assert.equal((await run(schedule(), { inputs })).outputs['account-id'], homeAccountId(alice));

    bringBackOldest(world);

    const night = await run(schedule(), { inputs });
    assert.equal(night.outputs['account-id'], homeAccountId(bob), logOf(night));
  },
);

scenario('With an account id, what is brought back is an older entry of the same person', async (world) => {
  const inputs = { account: homeAccountId(alice) };
  await world.runAndSignIn(workflowDispatch(), alice.username, { inputs });
  await world.runAndSignIn(workflowDispatch(), alice.username, { inputs: { ...inputs, 'sign-in': 'force' } });

  bringBackOldest(world);

  const night = await world.run(schedule(), { inputs });
  assert.deepEqual([night.outputs['source'], night.outputs['username']], ['cache', alice.username]);
});
