import assert from 'node:assert/strict';
import { rerun, schedule } from '../../sandbox/runner/events.ts';
import { scenario } from './scenario.ts';

scenario('A person who re-runs a failed night run may sign in', async ({ runAndSignIn }) => {
  const again = await runAndSignIn(rerun(schedule({ repositoryInPayload: true })));
  assert.equal(again.outputs['source'], 'sign-in');
});
