import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { CompressionMethod, getCacheVersion } from '../../src/stores/workflow-cache/cache-library.ts';
import { lookUpEntries } from '../../src/stores/workflow-cache/cache-process.ts';

const program = join(import.meta.dirname, '../../dist/workflow-cache-child.js');
const paths = ['entra-user-token/sign-in.jwe'];

test('A look-up for entries of each compression works with version 1 of the cache service, and downloads nothing', async () => {
  const asked: string[] = [];
  const server = createServer(({ url = '' }, response) => {
    asked.push(url.split('?')[0] ?? '');
    const isGzip = url.includes(`version=${getCacheVersion(paths, CompressionMethod.Gzip, true)}`);
    response.writeHead(isGzip ? 200 : 204, { 'content-type': 'application/json' });
    response.end(isGzip ? JSON.stringify({ cacheKey: 'key-1', archiveLocation: 'http://127.0.0.1:1/' }) : '');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const temporaryFolder = await mkdtemp(join(tmpdir(), 'look-up-'));
  const { ACTIONS_RESULTS_URL: _, ACTIONS_CACHE_SERVICE_V2: __, ...inherited } = process.env;
  const environment = {
    ...inherited,
    ACTIONS_CACHE_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ACTIONS_RUNTIME_TOKEN: 'token',
    no_proxy: '127.0.0.1',
  };

  const seen = await lookUpEntries(['key-'], { program, environment, temporaryFolder }, { within: 60_000 });

  assert.deepEqual(
    seen?.map(({ compression, key }) => [compression, key]),
    [
      ['zstd', undefined],
      ['gzip', 'key-1'],
    ],
  );
  assert.deepEqual(asked, ['/_apis/artifactcache/cache', '/_apis/artifactcache/cache']);
  server.close();
  server.closeAllConnections();
  await rm(temporaryFolder, { recursive: true });
});
