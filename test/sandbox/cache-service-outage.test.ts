import assert from 'node:assert/strict';
import test from 'node:test';
import { type CacheClientRun, runCacheClient } from '../../sandbox/cache-service/cache-client.ts';
import { type CacheService, startCacheService } from '../../sandbox/cache-service.ts';

const paths = ['sign-in'];

function restore(service: CacheService): Promise<CacheClientRun> {
  return runCacheClient({ kind: 'restore', paths, key: 'v1-', longestTimer: 5 }, service.env());
}

function save(service: CacheService): Promise<CacheClientRun> {
  const job = { kind: 'save', paths, key: 'v1-1', longestTimer: 5 } as const;
  return runCacheClient(job, service.env(), { 'sign-in/a': 'x' });
}

test('a 503 is tried five times, and then looks like a miss', async () => {
  await using service = await startCacheService();
  service.faults.add('lookup', { kind: 'respond', status: 503, body: '{}' }, { times: Infinity });
  const { result, output } = await restore(service);
  assert.deepEqual(result, { kind: 'returned' });
  assert.match(output, /::warning::Failed to restore: .*after 5 attempts: Failed request: \(503\)/);
  assert.equal(service.requests.length, 5);
});

test('one 503 is retried with success', async () => {
  await using service = await startCacheService();
  service.faults.add('create', { kind: 'respond', status: 503, body: '{}' });
  const { result } = await save(service);
  assert.deepEqual(result, { kind: 'returned', value: 1 });
});

test('a rate limit is not retried, and the message says how long it lasts', async () => {
  await using service = await startCacheService();
  service.mode = 'rate-limited';
  const { result, output } = await save(service);
  assert.deepEqual(result, { kind: 'returned', value: -1 });
  assert.match(output, /::warning::You've hit a rate limit, your rate limit will reset in 30 seconds/);
  assert.equal(service.requests.length, 1);
});

test('a full cache refuses new entries as the client knows it', async () => {
  await using service = await startCacheService();
  service.mode = 'full';
  const { result, output } = await save(service);
  assert.deepEqual(result, { kind: 'returned', value: -1 });
  assert.match(output, /Cache storage quota has been hit/);
});

test('a service nobody listens for is a refused connection', async () => {
  await using service = await startCacheService();
  service.mode = 'unreachable';
  const { result, output } = await restore(service);
  assert.deepEqual(result, { kind: 'returned' });
  assert.match(output, /ECONNREFUSED/);
});

test('a runner without a cache service sets no variables', async () => {
  await using service = await startCacheService();
  service.mode = 'absent';
  assert.deepEqual(service.env(), {});
  const { result } = await save(service);
  assert.deepEqual(result, { kind: 'returned', value: -1 });
});

test('a download that breaks off restores nothing', async () => {
  await using service = await startCacheService();
  await service.plantFiles({ key: 'v1-1', files: { 'sign-in/a': 'x' }, paths, enableCrossOsArchive: false });
  service.faults.add('download', { kind: 'truncate' }, { times: Infinity });
  const { result, files } = await restore(service);
  assert.deepEqual(result, { kind: 'returned' });
  assert.deepEqual(files, {});
});

test('a service that is stopped lets go of a request that hangs', async () => {
  await using service = await startCacheService();
  service.faults.add('lookup', { kind: 'hang' });
  const waiting = restore(service);
  while (service.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));

  // A stop that waited for what hangs or is delayed would hold the test for ever.
  await service.stop();

  assert.match((await waiting).output, /ECONNRESET|ECONNREFUSED/);
  assert.equal(service.requests[0]?.status, undefined);
});
