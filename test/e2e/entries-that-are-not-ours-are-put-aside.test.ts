import assert from 'node:assert/strict';
import { schedule, workflowDispatch } from '../../sandbox/runner/events.ts';
import { logOf, scenario } from './scenario.ts';

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
      assert.match(logOf(night), /Warning: The entry in the workflow cache is put aside: it /);
    },
  );
}
