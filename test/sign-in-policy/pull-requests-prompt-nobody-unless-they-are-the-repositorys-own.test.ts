import assert from 'node:assert/strict';
import { pullRequest, rerun } from '../../sandbox/runner/events.ts';
import { logOf, scenario } from '../e2e/scenario.ts';

scenario(
  'A pull request of the repository itself prompts nobody by default, since no person may be waiting',
  async ({ run, entraRequests }) => {
    const refused = await run(pullRequest());
    assert.deepEqual(refused.outputs, { 'error-code': 'sign-in-needed' });
    assert.match(logOf(refused), /no person dispatched or re-ran this run: the event is "pull_request"/);
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

scenario(
  'A pull request from a fork that a member re-runs prompts nobody, although sign-in is allowed',
  async ({ run, entraRequests }) => {
    const event = rerun(pullRequest({ fork: true }), { by: 'octocat' });
    const refused = await run(event, { inputs: { 'sign-in': 'allowed' } });
    assert.deepEqual(refused.outputs, { 'error-code': 'sign-in-refused' });
    assert.equal(entraRequests(), 0);
  },
);
