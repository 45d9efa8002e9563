import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { test } from 'node:test';
import {
  type CacheProcess,
  type Response,
  restoreEntries,
  saveEntry,
} from '../../../src/stores/workflow-cache/cache-process.ts';
import { standInChild } from '../fakes/cache-child.ts';

const bounds = { within: 60_000 };
const restore = async (child: CacheProcess, prefixes = ['key-']): Promise<readonly Response[]> =>
  restoreEntries(prefixes, child, bounds);

test('a cache process that ends by itself before it responds is reported with its exit code', async () => {
  await using child = await standInChild('process.exit(7);');
  const reason = 'the process that uses the workflow cache ended before it responded (exit code 7)';
  assert.deepEqual(await restore(child), [{ kind: 'failed', reason, final: true }]);
  assert.deepEqual(await saveEntry({ key: 'key-1', text: 'sealed' }, child, bounds), {
    kind: 'failed',
    reason,
    final: true,
  });
});

test('what was answered before the cache process ended counts', async () => {
  await using child = await standInChild(`await answer({ kind: 'miss' }); process.exit(1);`);
  const [first, second] = await restore(child, ['a-', 'b-']);
  assert.deepEqual(first, { kind: 'miss' });
  assert.match(second?.kind === 'failed' ? second.reason : '', /exit code 1/);
});

test('a cache process that something else kills is reported with the signal, and may be started again', {
  skip: process.platform === 'win32' && 'Windows has no signals',
}, async () => {
  await using child = await standInChild(`process.kill(process.pid, 'SIGKILL'); setInterval(() => {}, 1000);
    await new Promise(() => {});`);
  const reason = 'the process that uses the workflow cache ended before it responded (signal SIGKILL)';
  assert.deepEqual(await restore(child), [{ kind: 'failed', reason, final: false }]);
});

test('a cache process that cannot be started is reported as such, whether the system emits the error or throws it', async () => {
  await using child = await standInChild('');
  const { execPath } = process;
  try {
    process.execPath = `${execPath}-that-is-not-there`;
    const reason = 'the process that uses the workflow cache could not be started (ENOENT)';
    assert.deepEqual(await restore(child), [{ kind: 'failed', reason, final: true }]);
  } finally {
    process.execPath = execPath;
  }
  // A null byte is thrown on every system, as is an environment that is too large.
  const [thrown] = await restore({ ...child, environment: { ...process.env, ODD: 'a\0b' } });
  assert.match(
    thrown?.kind === 'failed' ? thrown.reason : '',
    /could not be started \(ERR_INVALID_ARG_VALUE\)/,
  );
  assert.deepEqual(await readdir(child.temporaryFolder), ['child.mjs']);
});

test('why an attempt failed is reported when the time is up before the next one', async () => {
  await using child = await standInChild(
    `await answer({ kind: 'failing', reason: 'it is down' }); setInterval(() => {}, 1000); await new Promise(() => {});`,
  );
  assert.deepEqual(await restoreEntries(['key-'], child, { within: 1500 }), [
    { kind: 'failed', reason: 'it is down' },
  ]);
});

test('a umask that forbids everything does not lock the cache process out of its folder', async () => {
  await using child = await standInChild(
    `const { statSync } = await import('node:fs');
     await answer({ kind: 'hit', key: 'key-1', text: (statSync('.').mode & 0o777).toString(8) });`,
  );
  const before = process.umask(0o777);
  try {
    const [answer] = await restore(child);
    assert.equal(answer?.kind === 'hit' && answer.text, process.platform === 'win32' ? '666' : '700');
  } finally {
    process.umask(before);
  }
});
