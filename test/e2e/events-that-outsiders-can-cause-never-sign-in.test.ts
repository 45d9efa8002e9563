import assert from 'node:assert/strict';
import { otherEvent, pullRequestTarget, workflowDispatch } from '../../sandbox/runner/events.ts';
import { logOf, scenario } from './scenario.ts';

scenario(
  'Although sign-in is allowed, no sign-in starts on pull_request_target',
  async ({ run, entraRequests }) => {
    const refused = await run(pullRequestTarget(), { inputs: { 'sign-in': 'allowed' } });
    assert.deepEqual(refused.outputs, { 'error-code': 'sign-in-refused' });
    assert.match(logOf(refused), /must not start in this run/);
    assert.ok(logOf(refused).includes('"pull_request_target"'));
    assert.match(logOf(refused), /dispatch the workflow by hand/);
    assert.equal(entraRequests(), 0);
  },
);

scenario(
  'Where sign-in is allowed, a person may be asked to sign in on release',
  async ({ runAndSignIn }) => {
    const run = await runAndSignIn(otherEvent('release'), undefined, { inputs: { 'sign-in': 'allowed' } });
    assert.equal(run.outputs['source'], 'sign-in');
  },
);

scenario('On pull_request_target a stored sign-in is used nevertheless', async ({ run, runAndSignIn }) => {
  await runAndSignIn(workflowDispatch());
  const silent = await run(pullRequestTarget());
  assert.equal(silent.outputs['source'], 'cache', logOf(silent));
});
