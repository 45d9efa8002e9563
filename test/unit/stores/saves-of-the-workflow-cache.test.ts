import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Clock, minutes } from '../../../src/clock.ts';
import { sealRecord } from '../../../src/sealing/sign-in-record.ts';
import type { Keepsake } from '../../../src/stores/sign-in-store.ts';
import { type CacheProcess, restorePrefix } from '../../../src/stores/workflow-cache/entries.ts';
import { WorkflowCacheStore } from '../../../src/stores/workflow-cache/workflow-cache-store.ts';
import { standInChild } from '../fakes/cache-child.ts';
import { FakeClock } from '../fakes/clock.ts';
import { alice, bob, homeAccountId } from '../fakes/people.ts';
import { binding, entryBinding, keyOf, recordContext } from '../fakes/record-context.ts';
import { smallCache } from '../fakes/small-cache.ts';

const name = { ...binding, account: '', cacheName: '' };
const run = { id: '4711', attempt: 1, repositoryIdentity: entryBinding.repository };
const nameInRepository = { ...name, repository: run.repositoryIdentity };
const prefix = restorePrefix(name, keyOf(1).id);
const { signal } = new AbortController();

const storeOf = (child: CacheProcess, clock: FakeClock): WorkflowCacheStore =>
  new WorkflowCacheStore(name, recordContext(keyOf(1)), child, run, clock);

const toSave = (precious: boolean): Keepsake => ({
  cache: JSON.stringify(smallCache(bob)),
  homeAccountId: homeAccountId(bob),
  refreshedAt: 2000,
  details: {},
  precious,
});

/** A service whose newest entry is this one, and which takes every other. */
async function serviceWith(key: string, refreshedAt: number, clock: FakeClock) {
  const cache = smallCache(alice);
  const record = { cache, homeAccountId: homeAccountId(alice), refreshedAt, details: {} };
  const hit = {
    is: 'hit',
    key,
    text: await sealRecord(record, keyOf(1), nameInRepository, clock.now()),
  };
  return standInChild(`await answer(job.do === 'save' ? { is: 'saved' } : ${JSON.stringify(hit)});`);
}

async function waitsBeforeSaving(child: CacheProcess, clock: FakeClock): Promise<readonly number[]> {
  const store = storeOf(child, clock);
  await store.restore(signal);
  assert.deepEqual(await store.save(toSave(false), signal), { is: 'saved' });
  return clock.waits;
}

test('after an entry of the same run, the save waits for another second, in which it is the newest', async () => {
  const clock = new FakeClock();
  await using child = await serviceWith(`${prefix}4711-1-aa`, clock.now() - minutes(60), clock);
  assert.deepEqual(await waitsBeforeSaving(child, clock), [1000]);
});

test('after an entry that another run has just refreshed, the save waits as well', async () => {
  const clock = new FakeClock();
  await using child = await serviceWith(`${prefix}815-1-aa`, clock.now(), clock);
  assert.deepEqual(await waitsBeforeSaving(child, clock), [1000]);
});

test('after an entry that cannot be unpacked, and may be new, the save waits as well', async () => {
  await using child = await standInChild(`await answer({ is: job.do === 'save' ? 'saved' : 'broken' });`);
  assert.deepEqual(await waitsBeforeSaving(child, new FakeClock()), [1000]);
});

test('after an old entry, and where there is none, the save waits for nothing', async () => {
  const clock = new FakeClock();
  await using old = await serviceWith(`${prefix}815-1-aa`, clock.now() - minutes(60), clock);
  assert.deepEqual(await waitsBeforeSaving(old, clock), []);
  await using none = await standInChild(`await answer({ is: job.do === 'save' ? 'saved' : 'miss' });`);
  assert.deepEqual(await waitsBeforeSaving(none, new FakeClock()), []);
});

test('a last try that has next to no time does not replace the reason of the first', async () => {
  const reason = 'the cache service is limiting the rate of requests (429)';
  await using child = await standInChild(`await answer({ is: 'failed', reason: '${reason}' });`);
  let now = 0;
  const clock: Clock = {
    now: () => now,
    monotonic: () => now,
    // The machine is so slow that hardly anything is left of the minute after the first wait.
    sleep: async () => {
      now = 59_950;
    },
  };
  const store = new WorkflowCacheStore(name, recordContext(keyOf(1)), child, run, clock);
  assert.deepEqual(await store.save(toSave(true), signal), { is: 'failed', reason });
});

test('a reason that would be the same again ends the tries at once', async () => {
  await using child = await standInChild(`await answer({ is: 'failed', reason: 'no tar', final: true });`);
  const clock = new FakeClock();
  assert.deepEqual(await storeOf(child, clock).save(toSave(true), signal), {
    is: 'failed',
    reason: 'no tar',
  });
  assert.deepEqual(clock.waits, []);
});

test('where restoring took all of the time, nothing is tried, and that is what is told', async () => {
  const clock = new FakeClock();
  let isRestoring = true;
  const slow: Clock = {
    now: () => clock.now(),
    // Restoring ends 15 s after it begins.
    monotonic: () => (isRestoring ? 0 : 15_000),
    sleep: (milliseconds, end) => clock.sleep(milliseconds, end),
  };
  await using child = await standInChild(`await answer({ is: 'miss' });`);
  const store = new WorkflowCacheStore(name, recordContext(keyOf(1)), child, run, slow);
  const restoring = store.restore(signal);
  isRestoring = false;
  await restoring;
  const outcome = await store.save(toSave(false), signal);
  assert.deepEqual(outcome, {
    is: 'failed',
    reason: 'the cache service took all of the time that a run without a sign-in gives it',
  });
});
