import assert from 'node:assert/strict';
import test from 'node:test';
import { type CacheScope, type CacheService, startCacheService } from '../../sandbox/cache-service.ts';

const main = 'refs/heads/main';
const branch = 'refs/heads/change';

function plant(service: CacheService, key: string, scope = main, minute = 0, version = 'v'): void {
  const createdAt = new Date(Date.UTC(2026, 10, 1, 12, minute));
  service.plant({ key, version, scope, bytes: Buffer.from('archive'), createdAt });
}

/** The key a job finds, asking as the client does. */
async function find(
  service: CacheService,
  { key, restoreKeys = [], scopes = [{ ref: main, permission: 'read-write' }] }: Question,
): Promise<string | undefined> {
  const response = await fetch(
    `${service.url}twirp/github.actions.results.api.v1.CacheService/GetCacheEntryDownloadURL`,
    {
      method: 'POST',
      headers: { authorization: `Bearer ${service.token({ scopes })}`, 'content-type': 'application/json' },
      body: JSON.stringify({ key, restore_keys: restoreKeys, version: 'v' }),
    },
  );
  const { matched_key: found } = Object(await response.json());
  return found;
}

interface Question {
  readonly key: string;
  readonly restoreKeys?: readonly string[];
  readonly scopes?: readonly CacheScope[];
}

test('the exact key wins over newer ones that begin with it', async () => {
  await using service = await startCacheService();
  plant(service, 'a-1', main, 0);
  plant(service, 'a-1-newer', main, 1);
  assert.equal(await find(service, { key: 'a-1' }), 'a-1');
});

test('of several that begin with the key the newest wins, whatever order they came in', async () => {
  await using service = await startCacheService();
  plant(service, 'a-late', main, 9);
  plant(service, 'a-early', main, 1);
  assert.equal(await find(service, { key: 'a-' }), 'a-late');
});

test('restore keys are tried in their order, after the key', async () => {
  await using service = await startCacheService();
  plant(service, 'old-key-1', main, 9);
  plant(service, 'new-key-1', main, 1);
  assert.equal(await find(service, { key: 'none', restoreKeys: ['new-key-', 'old-key-'] }), 'new-key-1');
  assert.equal(await find(service, { key: 'old-key-', restoreKeys: ['new-key-'] }), 'old-key-1');
});

test('the own branch comes before the default branch, even with an older entry', async () => {
  await using service = await startCacheService();
  const scopes: CacheScope[] = [
    { ref: branch, permission: 'read-write' },
    { ref: main, permission: 'read' },
  ];
  plant(service, 'a-main', main, 9);
  assert.equal(await find(service, { key: 'a-', scopes }), 'a-main');
  plant(service, 'a-branch', branch, 1);
  assert.equal(await find(service, { key: 'a-', scopes }), 'a-branch');
});

test('the default branch never sees what a branch saved', async () => {
  await using service = await startCacheService();
  plant(service, 'a-branch', branch);
  assert.equal(await find(service, { key: 'a-' }), undefined);
});

test('another version is never found', async () => {
  await using service = await startCacheService();
  plant(service, 'a-1', main, 0, 'another version');
  assert.equal(await find(service, { key: 'a-1' }), undefined);
});

test('removed and cleared entries are gone', async () => {
  await using service = await startCacheService();
  plant(service, 'a-1');
  plant(service, 'b-1');
  assert.equal(service.remove('a-1'), 1);
  assert.equal(await find(service, { key: 'a-' }), undefined);
  service.clear();
  assert.equal(await find(service, { key: 'b-' }), undefined);
});
