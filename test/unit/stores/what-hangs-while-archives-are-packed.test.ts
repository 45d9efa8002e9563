import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stageIn } from '../../../src/stores/workflow-cache/archive-stage.ts';
import {
  findArchiveProblem,
  restoreEntries,
  saveEntry,
} from '../../../src/stores/workflow-cache/cache-process.ts';
import { standInChild } from '../fakes/cache-child.ts';

const hang = 'setInterval(() => {}, 1000); await new Promise(() => {});';
const bounds = { within: 1000 };

test('A test of packing that hangs is not blamed on the cache service, which was not asked', async () => {
  await using child = await standInChild(hang);
  assert.match(
    (await findArchiveProblem(child, bounds)) ?? '',
    /^packing and unpacking an archive as a test did not end/,
  );
});

test('What hangs after the download is the unpacking', async () => {
  await using child = await standInChild(`await answer({ kind: 'stage', stage: 'unpacking' }); ${hang}`);
  const [answer] = await restoreEntries(['key-'], child, bounds);
  assert.match(answer?.kind === 'failed' ? answer.reason : '', /^unpacking the archive did not end in time/);
});

test('What hangs before the upload is the packing, and after it the service', async () => {
  await using packing = await standInChild(`await answer({ kind: 'stage', stage: 'packing' }); ${hang}`);
  const answer = await saveEntry({ key: 'key-1', text: 'sealed' }, packing, bounds);
  assert.match(answer.kind === 'failed' ? answer.reason : '', /^packing the archive did not end in time/);

  await using uploading = await standInChild(
    `await answer({ kind: 'stage', stage: 'packing' }); await answer({ kind: 'stage', stage: 'none' }); ${hang}`,
  );
  const silent = await saveEntry({ key: 'key-1', text: 'sealed' }, uploading, bounds);
  assert.match(silent.kind === 'failed' ? silent.reason : '', /^the cache service did not respond within/);
});

test('The next entry begins anew', async () => {
  await using child = await standInChild(
    `await answer({ kind: 'stage', stage: 'unpacking' }); await answer({ kind: 'miss' }); ${hang}`,
  );
  const [, second] = await restoreEntries(['a-', 'b-'], child, bounds);
  assert.match(second?.kind === 'failed' ? second.reason : '', /^the cache service did not respond within/);
});

test('The stages are known by what the library prints', () => {
  assert.equal(stageIn('Cache Size: ~0 MB (900 B)\n'), 'unpacking');
  assert.equal(stageIn('::debug::Cache Paths:\n'), 'packing');
  assert.equal(stageIn('::debug::File Size: 900\n'), 'none');
  assert.equal(stageIn('::debug::Archive Path: /tmp/a/cache.tgz\n'), undefined);
});
