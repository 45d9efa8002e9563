import assert from 'node:assert/strict';
import { schedule, workflowDispatch } from '../../sandbox/runner/events.ts';
import { logOf, scenario } from './scenario.ts';
import { seededCache } from './seeded-cache.ts';

const paths = ['entra-user-token/sign-in.jwe'];

for (const [what, text] of [
  ['empty', ''],
  ['cut off', 'eyJhbGciOiJkaXIi'],
  ['somebody else’s', 'hello'],
] as const) {
  scenario(
    `A workflow cache entry that is ${what} gets one warning, then is as if there were none`,
    async ({ sandbox, run, runAndSignIn }) => {
      await runAndSignIn(workflowDispatch());
      const key = sandbox.cacheService.entries[0]?.key ?? '';
      await sandbox.cacheService.plantFiles({ key: `${key}9`, files: { [paths[0] ?? '']: text }, paths });

      const night = await run(schedule());
      assert.equal(night.outputs['error-code'], 'sign-in-needed');
      assert.equal(night.annotations.filter(({ kind }) => kind === 'warning').length, 1);
      assert.match(logOf(night), /Warning: The entry in the workflow cache is ignored: it /);
    },
  );
}

scenario(
  'A newer workflow cache entry that does not open hides the older one, but no sign-in in token-cache',
  async ({ sandbox, run, runAndSignIn, keepSecret }) => {
    const cache = await seededCache(sandbox);
    keepSecret('token-cache', cache);
    await runAndSignIn(workflowDispatch());
    const key = sandbox.cacheService.entries[0]?.key ?? '';
    const files = { [paths[0] ?? '']: 'hello' };
    await sandbox.cacheService.plantFiles({ key: `${key}9`, files, paths });

    const alone = await run(schedule());
    assert.deepEqual(alone.outputs, { 'error-code': 'sign-in-needed' }, logOf(alone));

    const beside = await run(schedule(), { inputs: { 'token-cache': cache }, secrets: [cache] });
    assert.equal(beside.outputs['source'], 'cache', logOf(beside));
  },
);
