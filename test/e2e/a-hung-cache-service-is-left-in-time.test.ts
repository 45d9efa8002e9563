import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { startCacheService } from '../../sandbox/cache-service.ts';
import { restoreEntries, saveEntry } from '../../src/stores/workflow-cache/cache-process.ts';

const program = join(import.meta.dirname, '../../dist/workflow-cache-child.js');

for (const [doing, endpoint] of [
  ['restoring', 'lookup'],
  ['saving', 'create'],
] as const) {
  test(`A cache service that never responds while ${doing} is given up when the time is up, and nothing stays behind`, async () => {
    await using service = await startCacheService();
    service.faults.add(endpoint, { kind: 'hang' }, { times: Number.POSITIVE_INFINITY });
    const temporaryFolder = await mkdtemp(join(tmpdir(), 'hung-'));
    const cacheProcess = {
      program,
      temporaryFolder,
      environment: { ...process.env, ...service.env(), no_proxy: '127.0.0.1' },
    };

    const bounds = { within: 900 };
    const answer =
      doing === 'saving'
        ? await saveEntry({ key: 'key-1', text: 'sealed' }, cacheProcess, bounds)
        : (await restoreEntries(['key-'], cacheProcess, bounds))[0];

    const reason = 'the cache service did not respond within 1 s';
    assert.deepEqual(answer, { kind: 'failed', reason, isSilence: true });
    assert.deepEqual(await readdir(temporaryFolder), []);
    assert.equal(service.requests.at(-1)?.status, undefined);
    await rm(temporaryFolder, { recursive: true });
  });
}
