import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Clock, minutes } from '../../../src/clock.ts';
import { sealRecord } from '../../../src/sealing/sign-in-record.ts';
import type { SignInToSave } from '../../../src/stores/sign-in-store.ts';
import type { CacheProcess } from '../../../src/stores/workflow-cache/cache-process.ts';
import { restorePrefix } from '../../../src/stores/workflow-cache/entries.ts';
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

const storeOn = (process: CacheProcess, clock: Clock): WorkflowCacheStore =>
  new WorkflowCacheStore({
    name,
    context: recordContext(keyOf(1)),
    process,
    run,
    clock,
    log: { warning: () => undefined },
  });

const toSave = (isNewSignIn: boolean): SignInToSave => ({
  cache: JSON.stringify(smallCache(bob)),
  homeAccountId: homeAccountId(bob),
  refreshedAt: 2000,
  details: {},
  isNewSignIn,
});

/** A service whose newest entry is this one, and which takes every other. */
async function serviceWith(key: string, refreshedAt: number, clock: FakeClock) {
  const cache = smallCache(alice);
  const record = { cache, homeAccountId: homeAccountId(alice), refreshedAt, details: {} };
  const hit = {
    kind: 'hit',
    key,
    text: await sealRecord(record, { key: keyOf(1), binding: nameInRepository, now: clock.now() }),
  };
  return standInChild(`await answer(job.kind === 'save' ? { kind: 'saved' } : ${JSON.stringify(hit)});`);
}

async function waitsBeforeSaving(child: CacheProcess, clock: FakeClock): Promise<readonly number[]> {
  const store = storeOn(child, clock);
  await store.restore(signal);
  assert.deepEqual(await store.save(toSave(false), signal), { kind: 'saved' });
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
  await using child = await standInChild(`await answer({ kind: job.kind === 'save' ? 'saved' : 'broken' });`);
  assert.deepEqual(await waitsBeforeSaving(child, new FakeClock()), [1000]);
});

test('after an old entry, and where there is none, the save waits for nothing', async () => {
  const clock = new FakeClock();
  await using old = await serviceWith(`${prefix}815-1-aa`, clock.now() - minutes(60), clock);
  assert.deepEqual(await waitsBeforeSaving(old, clock), []);
  await using none = await standInChild(`await answer({ kind: job.kind === 'save' ? 'saved' : 'miss' });`);
  assert.deepEqual(await waitsBeforeSaving(none, new FakeClock()), []);
});

test('a last try that has next to no time does not replace the reason of the first', async () => {
  const reason = 'the cache service is limiting the rate of requests (429)';
  await using child = await standInChild(`await answer({ kind: 'failed', reason: '${reason}' });`);
  let now = 0;
  const clock: Clock = {
    now: () => now,
    monotonic: () => now,
    // The machine is so slow that hardly anything is left of the minute after the first wait.
    sleep: async () => {
      now = 59_950;
    },
  };
  const store = storeOn(child, clock);
  assert.deepEqual(await store.save(toSave(true), signal), { kind: 'failed', reason });
});

test('a reason that would be the same again ends the tries at once', async () => {
  await using child = await standInChild(`await answer({ kind: 'failed', reason: 'no tar', final: true });`);
  const clock = new FakeClock();
  assert.deepEqual(await storeOn(child, clock).save(toSave(true), signal), {
    kind: 'failed',
    reason: 'no tar',
  });
  assert.deepEqual(clock.waits, []);
});

test('where restoring took all of the time, nothing is tried, and the log says so', async () => {
  const clock = new FakeClock();
  let isRestoring = true;
  const slow: Clock = {
    now: () => clock.now(),
    // Restoring ends 15 s after it begins.
    monotonic: () => (isRestoring ? 0 : 15_000),
    sleep: (milliseconds, end) => clock.sleep(milliseconds, end),
  };
  await using child = await standInChild(`await answer({ kind: 'miss' });`);
  const store = storeOn(child, slow);
  const restoring = store.restore(signal);
  isRestoring = false;
  await restoring;
  const outcome = await store.save(toSave(false), signal);
  assert.deepEqual(outcome, {
    kind: 'failed',
    reason: 'the cache service used up the time limit of a run without a sign-in',
  });
});
