import assert from 'node:assert/strict';
import { workflowDispatch } from '../../sandbox/runner/events.ts';
import { logOf, scenario } from './scenario.ts';

scenario(
  'On another branch than the default one, a warning before the code says who will not see the sign-in',
  async ({ runAndSignIn }) => {
    const run = await runAndSignIn(workflowDispatch({ branch: 'feature' }));
    assert.match(
      logOf(run),
      /Warning: This sign-in will be saved for refs\/heads\/feature only.*enter code/s,
    );
  },
);

scenario(
  'Without a store the person is told before the code that every run will ask again',
  async ({ sandbox, runAndSignIn }) => {
    const run = await runAndSignIn(workflowDispatch(), undefined, { inputs: { 'encryption-key': '' } });
    assert.match(logOf(run), /Warning: The sign-in will not be saved: without encryption-key/);
    assert.match(
      logOf(run),
      /Warning: This sign-in will not be kept, .*give encryption-key a value: .*enter code/s,
    );
    assert.equal(run.outputs['saved-to'], '');
    assert.equal(sandbox.cacheService.entries.length, 0);
  },
);
