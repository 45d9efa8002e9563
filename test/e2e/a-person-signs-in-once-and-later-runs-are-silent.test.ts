import assert from 'node:assert/strict';
import { schedule, workflowDispatch } from '../../sandbox/runner/events.ts';
import { scenario } from './scenario.ts';

scenario(
  'A person signs in once, and later runs are silent',
  async ({ sandbox, run, runAndSignIn, entraRequests }) => {
    const first = await runAndSignIn(workflowDispatch());
    assert.equal(first.conclusion, 'success');
    assert.equal(first.outputs['source'], 'sign-in');
    assert.equal(first.outputs['saved-to'], 'workflow-cache');
    assert.equal(first.outputs['username'], 'alice@sandbox.example');

    sandbox.authority.clearRequests();
    const second = await run(schedule({ repositoryInPayload: false }));
    assert.equal(second.conclusion, 'success');
    assert.equal(second.outputs['source'], 'cache');
    assert.equal(entraRequests(), 0);

    const answer = await sandbox.callGraph(second.outputs['access-token'] ?? '');
    assert.equal(answer.status, 200);
  },
);
