import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { Fault } from '../../sandbox/faults.ts';
import { schedule, workflowDispatch } from '../../sandbox/runner/events.ts';
import { logOf, scenario } from './scenario.ts';

const archives: Readonly<Record<string, (bytes: Buffer) => Buffer>> = {
  'no archive': () => randomBytes(1000),
  empty: () => Buffer.alloc(0),
  'cut in half': (bytes) => bytes.subarray(0, bytes.length / 2),
  'a compressed text': () => gzipSync('<html>503 401 429</html>'),
};

for (const [what, altered] of Object.entries(archives)) {
  scenario(
    `A newest entry that is ${what} is ignored with a warning, and a sign-in by dispatch replaces it`,
    async ({ sandbox, run, runAndSignIn }) => {
      await runAndSignIn(workflowDispatch());
      const [entry] = sandbox.cacheService.entries;
      assert.ok(entry);
      sandbox.cacheService.replace(entry.key, altered(entry.bytes));

      const night = await run(schedule());
      assert.deepEqual(night.outputs, { 'error-code': 'sign-in-needed' });
      assert.match(logOf(night), /Warning: The newest entry in the workflow cache is ignored: it is damaged/);

      const day = await runAndSignIn(workflowDispatch());
      assert.equal(day.outputs['saved-to'], 'workflow-cache');
      assert.equal((await run(schedule())).outputs['source'], 'cache');
    },
  );
}

const page = '<html>blocked</html>';
const faults: Readonly<Record<string, readonly [fault: Fault, code: string, words: RegExp]>> = {
  'is cut off': [
    { kind: 'truncate' },
    'cache-unavailable',
    /the download from the cache service was cut off/,
  ],
  'is answered with the page of an error': [
    { kind: 'respond', status: 403, body: page },
    'cache-unavailable',
    /the cache service refused the request \(403\)/,
  ],
  'comes too often': [{ kind: 'respond', status: 429, body: page }, 'cache-unavailable', /\(429\)/],
  'finds the archive gone': [
    { kind: 'respond', status: 404, body: page },
    'sign-in-needed',
    /newest entry in the workflow cache is ignored/,
  ],
};

for (const [what, [fault, code, words]] of Object.entries(faults)) {
  scenario(`A download of the newest entry that ${what} ends with ${code}`, async (world) => {
    await world.runAndSignIn(workflowDispatch());
    world.sandbox.cacheService.faults.add('download', fault, { times: Number.POSITIVE_INFINITY });
    const night = await world.run(schedule());
    assert.deepEqual(night.outputs, { 'error-code': code });
    assert.match(logOf(night), words);
  });
}
