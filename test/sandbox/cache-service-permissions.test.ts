import assert from 'node:assert/strict';
import test from 'node:test';
import { runCacheClient } from '../../sandbox/cache-service/cache-client.ts';
import { startCacheService } from '../../sandbox/cache-service.ts';

const files = { 'sign-in/a': 'x' };
const paths = ['sign-in'];

test('a read-only token restores, but its save is denied with a warning', async () => {
  await using service = await startCacheService();
  await service.plantFiles({ key: 'v1-1', files, paths });
  const env = service.env(service.token({ scopes: [{ ref: 'refs/heads/main', permission: 'read' }] }));

  const restored = await runCacheClient(
    { kind: 'restore', paths, key: 'v1-', enableCrossOsArchive: true },
    env,
  );
  const saved = await runCacheClient({ kind: 'save', paths, key: 'v1-2' }, env, files);

  assert.deepEqual(restored.result, { kind: 'returned', value: 'v1-1' });
  assert.deepEqual(saved.result, { kind: 'returned', value: -1 });
  assert.match(saved.output, /::warning::Failed to save: .*cache write denied: token has no writable scopes/);
  assert.equal(service.entries.length, 1);
});

test('a token without any scope may not even read', async () => {
  await using service = await startCacheService();
  const env = service.env(service.token({ scopes: [] }));
  const { result, output } = await runCacheClient({ kind: 'restore', paths, key: 'v1-' }, env);
  assert.deepEqual(result, { kind: 'returned' });
  assert.match(output, /::warning::Failed to restore: .*cache read denied: token has no readable scopes/);
});

test('a token of another service is no token here', async () => {
  await using service = await startCacheService();
  await using other = await startCacheService();
  const env = service.env(other.token());
  const { output } = await runCacheClient({ kind: 'restore', paths, key: 'v1-' }, env);
  assert.match(output, /::warning::Failed to restore: .*\(401\) Unauthorized/);
  assert.equal(service.requests[0]?.status, 401);
});

test('a signed address is good for what it was signed for, and for nothing else', async () => {
  await using service = await startCacheService();
  const create = await fetch(
    `${service.url}twirp/github.actions.results.api.v1.CacheService/CreateCacheEntry`,
    {
      method: 'POST',
      headers: { authorization: `Bearer ${service.token()}` },
      body: JSON.stringify({ key: 'k', version: 'v' }),
    },
  );
  const upload = new URL(Object(await create.json()).signed_upload_url);
  const withoutSignature = new URL(upload.pathname, upload);

  assert.equal((await fetch(upload)).status, 403);
  assert.equal((await put(withoutSignature)).status, 403);
  assert.equal((await put(upload)).status, 201);
});

function put(url: URL): Promise<Response> {
  return fetch(url, { method: 'PUT', headers: { 'x-ms-blob-type': 'BlockBlob' }, body: 'archive' });
}
