import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isDownloadGone } from '../../../src/stores/workflow-cache/cache-errors.ts';

/** What @actions/cache 6.3.0 prints on the way to a download, by the newer service and by the older. */
const found = ['Cache hit for: key-1\n', '::debug::Archive path: /tmp/x/cache.tgz\n'];
const foundByOlder = ['::debug::Archive Path: /tmp/x/cache.tgz\n'];
const failed = '::warning::Failed to restore: The specified blob does not exist.\n';

test('An entry whose archive is gone is a broken entry, whichever client downloads', () => {
  for (const lines of [found, foundByOlder])
    for (const lastStatus of [404, 410])
      assert.equal(isDownloadGone({ printed: [...lines, failed], lastStatus }), true);
});

test('Another error of a download, and a refusal before it, does not count as a broken entry', () => {
  assert.equal(isDownloadGone({ printed: [...found, failed], lastStatus: 403 }), false);
  assert.equal(isDownloadGone({ printed: [...found, failed], lastStatus: 503 }), false);
  assert.equal(isDownloadGone({ printed: [...found, failed] }), false);
  assert.equal(isDownloadGone({ printed: ['Cache hit for: key-1\n', failed], lastStatus: 404 }), false);
});
