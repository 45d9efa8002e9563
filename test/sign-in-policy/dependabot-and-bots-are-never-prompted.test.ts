import assert from 'node:assert/strict';
import {
  byDependabot,
  pullRequest,
  push,
  rerun,
  schedule,
  workflowDispatch,
} from '../../sandbox/runner/events.ts';
import { logOf, scenario } from '../e2e/scenario.ts';

scenario(
  'A run of Dependabot without secrets prompts nobody, and the message says why it has none',
  async ({ run, entraRequests }) => {
    const inputs = { 'encryption-key': '', 'token-cache': '' };
    const refused = await run(byDependabot(pullRequest({ headBranch: 'dependabot/npm_and_yarn/jose-7' })), {
      inputs,
    });
    assert.deepEqual(refused.outputs, { 'error-code': 'sign-in-refused' });
    assert.match(logOf(refused), /from Dependabot: such runs get no secrets/);
    assert.equal(entraRequests(), 0);
  },
);

for (const [what, event] of [
  ['A night run that a bot re-runs', rerun(schedule({ repositoryInPayload: true }), { by: 'renovate[bot]' })],
  ['A run that a bot dispatches', workflowDispatch({ actor: 'github-actions[bot]' })],
  ['A run that a person started and a bot re-runs', rerun(workflowDispatch(), { by: 'github-actions[bot]' })],
] as const) {
  scenario(`${what} prompts nobody`, async ({ run, entraRequests }) => {
    const refused = await run(event);
    assert.deepEqual(refused.outputs, { 'error-code': 'sign-in-needed' });
    assert.match(logOf(refused), /no person dispatched or re-ran this run: .*started by \S+\[bot\]/);
    assert.equal(entraRequests(), 0);
  });
}

scenario(
  'Although sign-in is allowed, a push by Dependabot that a person re-runs prompts nobody',
  async ({ run, entraRequests }) => {
    const event = rerun(byDependabot(push()), { by: 'octocat' });
    const refused = await run(event, { inputs: { 'sign-in': 'allowed' } });
    assert.deepEqual(refused.outputs, { 'error-code': 'sign-in-refused' });
    assert.match(logOf(refused), /in a run of Dependabot \(the event is "push"\)/);
    assert.equal(entraRequests(), 0);
  },
);

scenario('A run of another bot that a person re-runs may ask that person', async ({ runAndSignIn }) => {
  const run = await runAndSignIn(rerun(push({ actor: 'renovate[bot]' }), { by: 'octocat' }));
  assert.equal(run.outputs['source'], 'sign-in');
});
