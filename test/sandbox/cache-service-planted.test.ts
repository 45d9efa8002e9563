import assert from 'node:assert/strict';
import test from 'node:test';
import { runCacheClient } from '../../sandbox/cache-service/cache-client.ts';
import { type CacheService, startCacheService } from '../../sandbox/cache-service.ts';

const planted = { key: 'v1-1', files: { 'sign-in/a': 'planted' }, paths: ['sign-in'] };
const restoring = { kind: 'restore', paths: ['sign-in'], key: 'v1-', enableCrossOsArchive: true } as const;

async function restoredText(service: CacheService): Promise<string | undefined> {
  return (await runCacheClient(restoring, service.env())).files['sign-in/a'];
}

test('planted files are restored by the client as if a job had saved them', async () => {
  await using service = await startCacheService();
  const entry = await service.plantFiles({ ...planted, createdAt: new Date('2026-01-02T03:04:05Z') });
  assert.equal(await restoredText(service), 'planted');
  assert.equal(entry.createdAt.toISOString(), '2026-01-02T03:04:05.000Z');
  assert.deepEqual(
    service.requests.map(({ endpoint }) => endpoint),
    ['lookup', 'download'],
  );
});

test('a restore counts as a use of the entry', async () => {
  await using service = await startCacheService();
  const { lastUsedAt } = await service.plantFiles({ ...planted, createdAt: new Date(0) });
  await restoredText(service);
  assert.equal(lastUsedAt.getTime(), 0);
  assert.ok((service.entries[0]?.lastUsedAt.getTime() ?? 0) > 0);
});

test('the archive of an entry can be swapped, for a good one or for rubbish', async () => {
  await using service = await startCacheService();
  await service.plantFiles(planted);
  await service.plantFiles({ ...planted, key: 'v0', files: { 'sign-in/a': 'swapped' } });
  const other = service.entries.find(({ key }) => key === 'v0');

  assert.equal(service.replace('v1-1', other?.bytes ?? Buffer.alloc(0)), 1);
  assert.equal(await restoredText(service), 'swapped');

  service.replace('v1-1', Buffer.from('no archive'));
  assert.equal(await restoredText(service), undefined);
});
