import assert from 'node:assert/strict';
import { workflowDispatch } from '../../sandbox/runner/events.ts';
import { scenario } from '../e2e/scenario.ts';

scenario(
  'Nobody is asked to sign in without account when there is no payload',
  async ({ run, entraRequests }) => {
    const refused = await run(workflowDispatch(), { env: { GITHUB_EVENT_PATH: '/nowhere/event.json' } });
    assert.deepEqual(refused.outputs, { 'error-code': 'sign-in-refused' });
    assert.equal(entraRequests(), 0);
  },
);
