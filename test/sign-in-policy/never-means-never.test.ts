import assert from 'node:assert/strict';
import { rerun, schedule, workflowDispatch } from '../../sandbox/runner/events.ts';
import { logOf, scenario } from '../e2e/scenario.ts';

for (const event of [workflowDispatch(), rerun(schedule({ repositoryInPayload: true }))]) {
  scenario(
    `With sign-in: never nobody is asked to sign in, although a person started the run (${event.name}, attempt ${event.runAttempt})`,
    async ({ run, entraRequests }) => {
      const refused = await run(event, { inputs: { 'sign-in': 'never' } });
      assert.deepEqual(refused.outputs, { 'error-code': 'sign-in-needed' });
      assert.match(logOf(refused), /sign-in is "never"/);
      assert.match(
        logOf(refused),
        /set sign-in to "auto" in the workflow that signs in\.\nThen dispatch .*actions\/workflows\/token\.yml$/m,
      );
      assert.equal(entraRequests(), 0);
    },
  );
}

scenario('With sign-in: never a stored sign-in is used nevertheless', async ({ run, runAndSignIn }) => {
  await runAndSignIn(workflowDispatch());
  const silent = await run(workflowDispatch(), { inputs: { 'sign-in': 'never' } });
  assert.equal(silent.outputs['source'], 'cache');
});
