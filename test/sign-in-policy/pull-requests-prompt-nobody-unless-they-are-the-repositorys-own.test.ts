import assert from 'node:assert/strict';
import type { WorkflowEvent } from '../../sandbox/runner/event.ts';
import { pullRequest, pullRequestTarget, rerun } from '../../sandbox/runner/events.ts';
import { logOf, scenario } from '../e2e/scenario.ts';

scenario(
  'A pull request of the repository itself prompts nobody by default, since no person may be waiting',
  async ({ run, entraRequests }) => {
    const refused = await run(pullRequest());
    assert.deepEqual(refused.outputs, { 'error-code': 'sign-in-needed' });
    assert.match(logOf(refused), /nobody can be asked: the event is "pull_request"/);
    assert.equal(entraRequests(), 0);
  },
);

scenario(
  'A pull request of the repository itself may ask where sign-in is allowed, and says who will not see it',
  async ({ runAndSignIn }) => {
    const run = await runAndSignIn(pullRequest(), undefined, { inputs: { 'sign-in': 'allowed' } });
    assert.equal(run.outputs['source'], 'sign-in');
    assert.match(logOf(run), /will be saved for refs\/pull\/7\/merge only.*enter code/s);
  },
);

/** As the platform sends it once the fork was deleted. */
function ofDeletedFork(event: WorkflowEvent): WorkflowEvent {
  const request = event.payload['pull_request'] as { readonly head: object };
  return {
    ...event,
    payload: { ...event.payload, pull_request: { ...request, head: { ...request.head, repo: null } } },
  };
}

for (const [what, event] of [
  ['A pull request from a fork that was deleted', ofDeletedFork(pullRequest({ fork: true }))],
  ['A pull request from a fork that a member re-runs', rerun(pullRequest({ fork: true }), { by: 'octocat' })],
  [
    'A pull_request_target that a member re-runs',
    rerun(pullRequestTarget({ fork: true }), { by: 'octocat' }),
  ],
  ['A pull_request_target of the repository itself', pullRequestTarget()],
] as const) {
  for (const signIn of ['auto', 'allowed', 'force']) {
    scenario(`${what} never asks with sign-in: ${signIn}`, async ({ run, entraRequests }) => {
      const refused = await run(event, { inputs: { 'sign-in': signIn } });
      assert.deepEqual(refused.outputs, { 'error-code': 'sign-in-refused' });
      assert.equal(entraRequests(), 0);
    });
  }
}
