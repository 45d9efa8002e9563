import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findArchiveProblem } from '../../../src/stores/workflow-cache/cache-process.ts';
import { packingFolder } from '../../../src/stores/workflow-cache/temporary-folder.ts';
import { standInChild } from '../fakes/cache-child.ts';

test('Where the path of RUNNER_TEMP has a space, the folder of the system is used', () => {
  assert.equal(packingFolder('/run/temp', '/tmp'), '/run/temp');
  assert.equal(packingFolder('/my run/temp', '/tmp'), '/tmp');
  assert.equal(packingFolder('/my\trun/temp', '/tmp'), '/tmp');
  assert.equal(packingFolder('', '/tmp'), '/tmp');
});

test('Where both paths have a space, that is the reason that is told', async () => {
  await using child = await standInChild(`await answer({ kind: 'able' });`);
  const temporaryFolder = packingFolder('/my run/temp', '/my system/tmp');
  assert.match(
    (await findArchiveProblem({ ...child, temporaryFolder }, { within: 30_000 })) ?? '',
    /RUNNER_TEMP.*their paths contain a space or a quotation mark/,
  );
});
