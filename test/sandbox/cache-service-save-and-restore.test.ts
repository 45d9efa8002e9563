import assert from 'node:assert/strict';
import test from 'node:test';
import { runCacheClient } from '../../sandbox/cache-service/cache-client.ts';
import { startCacheService } from '../../sandbox/cache-service.ts';

const paths = ['sign-in'];

test('a folder saved by one job is restored by another that knows how its key begins', async () => {
  await using service = await startCacheService();
  const files = { 'sign-in/cache.jwe': 'sealed', 'other.txt': 'not saved' };

  const saved = await runCacheClient({ kind: 'save', paths, key: 'v1-100-1' }, service.env(), files);
  const restored = await runCacheClient({ kind: 'restore', paths, key: 'v1-' }, service.env());

  assert.deepEqual(saved.result, { kind: 'returned', value: 1 }, saved.output);
  assert.deepEqual(restored.result, { kind: 'returned', value: 'v1-100-1' }, restored.output);
  assert.deepEqual(restored.files, { 'sign-in/cache.jwe': 'sealed' });
  const [entry] = service.entries;
  assert.equal(entry?.scope, 'refs/heads/main');
  assert.equal(entry?.size, entry?.bytes.length);
  assert.deepEqual(
    service.requests.map(({ endpoint, key, status }) => [endpoint, key, status]),
    [
      ['create', 'v1-100-1', 200],
      ['upload', undefined, 201],
      ['finalize', 'v1-100-1', 200],
      ['lookup', 'v1-', 200],
      ['download', undefined, 200],
    ],
  );
});

test('a restore of what nobody saved is a miss without a warning', async () => {
  await using service = await startCacheService();
  const { result, output } = await runCacheClient({ kind: 'restore', paths, key: 'v1-' }, service.env());
  assert.deepEqual(result, { kind: 'returned' });
  assert.doesNotMatch(output, /::warning/);
});

test('an entry of other paths is another version and is not found', async () => {
  await using service = await startCacheService();
  await service.plantFiles({ key: 'v1-1', files: { 'elsewhere/a': 'x' }, paths: ['elsewhere'] });
  const { result } = await runCacheClient({ kind: 'restore', paths, key: 'v1-' }, service.env());
  assert.deepEqual(result, { kind: 'returned' });
});

test('an existing key cannot be saved again: -1, and the entry is as it was', async () => {
  await using service = await startCacheService();
  const job = { kind: 'save', paths, key: 'v1-1' } as const;
  await runCacheClient(job, service.env(), { 'sign-in/a': 'first' });
  const [first] = service.entries;

  const { result, output } = await runCacheClient(job, service.env(), { 'sign-in/a': 'second' });

  assert.deepEqual(result, { kind: 'returned', value: -1 });
  assert.match(output, /Unable to reserve cache with key v1-1, another job may be creating this cache/);
  assert.match(output, /\(409\) Conflict: cache entry with the same key, version, and scope already exists/);
  assert.deepEqual(service.entries, [first]);
});

test('a key whose upload broke off stays taken', async () => {
  await using service = await startCacheService();
  const job = { kind: 'save', paths, key: 'v1-1', longestTimer: 5 } as const;
  service.faults.add('finalize', { kind: 'respond', status: 400, body: '{}' });
  await runCacheClient(job, service.env(), { 'sign-in/a': 'x' });
  const { result, output } = await runCacheClient(job, service.env(), { 'sign-in/a': 'x' });
  assert.deepEqual(result, { kind: 'returned', value: -1 });
  assert.match(output, /\(409\) Conflict/);
  assert.deepEqual(service.entries, []);
});
