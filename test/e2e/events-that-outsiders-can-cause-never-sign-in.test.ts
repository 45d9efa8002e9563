import assert from 'node:assert/strict';
import {
  issueComment,
  otherEvent,
  pullRequest,
  pullRequestTarget,
  rerun,
  workflowDispatch,
  workflowRun,
} from '../../sandbox/runner/events.ts';
import { logOf, scenario } from './scenario.ts';

for (const event of [
  pullRequestTarget(),
  issueComment(),
  workflowRun(),
  pullRequest({ fork: true }),
  pullRequest({ actor: 'renovate[bot]' }),
  otherEvent('issues'),
  otherEvent('watch'),
  rerun(otherEvent('discussion'), { by: 'octocat' }),
  otherEvent('an_event_of_next_year'),
]) {
  const { name, actor, runAttempt } = event;
  const which = name === 'pull_request' ? ` ${actor === 'octocat' ? 'from a fork' : 'of a bot'}` : '';
  scenario(
    `A sign-in never starts on ${name}${which}, whatever sign-in says (attempt ${runAttempt})`,
    async ({ run, entraRequests }) => {
      const refused = await run(event, { inputs: { 'sign-in': 'allowed' } });
      assert.deepEqual(refused.outputs, { 'error-code': 'sign-in-refused' });
      assert.match(logOf(refused), /must not start in this run/);
      assert.ok(logOf(refused).includes(`"${name}"`));
      assert.match(logOf(refused), /dispatch the workflow by hand/);
      assert.equal(entraRequests(), 0);
    },
  );
}

for (const name of ['release', 'deployment', 'merge_group']) {
  scenario(`Where sign-in is allowed, a person may be asked on ${name}`, async ({ runAndSignIn }) => {
    const run = await runAndSignIn(otherEvent(name), undefined, { inputs: { 'sign-in': 'allowed' } });
    assert.equal(run.outputs['source'], 'sign-in');
  });
}

scenario('On pull_request_target a stored sign-in is used nevertheless', async ({ run, runAndSignIn }) => {
  await runAndSignIn(workflowDispatch());
  const silent = await run(pullRequestTarget());
  assert.equal(silent.outputs['source'], 'cache', logOf(silent));
});
