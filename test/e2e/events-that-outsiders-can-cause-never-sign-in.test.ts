import assert from 'node:assert/strict';
import { issueComment, pullRequest, pullRequestTarget, workflowRun } from '../../sandbox/runner/events.ts';
import { logOf, scenario } from './scenario.ts';

for (const event of [pullRequestTarget(), issueComment(), workflowRun(), pullRequest({ fork: true })]) {
  scenario(
    `A sign-in never starts on ${event.name}${event.name === 'pull_request' ? ' from a fork' : ''}, whatever sign-in says`,
    async ({ run, entraRequests }) => {
      const refused = await run(event, { inputs: { 'sign-in': 'allowed' } });
      assert.equal(refused.outputs['error-code'], 'sign-in-refused');
      assert.match(logOf(refused), /must not start in this run/);
      assert.equal(entraRequests(), 0);
    },
  );
}
