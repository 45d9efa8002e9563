import assert from 'node:assert/strict';
import { workflowDispatch } from '../../sandbox/runner/events.ts';
import { logOf, scenario } from './scenario.ts';

scenario(
  'In a public repository nobody signs in unless account names them',
  async ({ run, entraRequests }) => {
    const refused = await run(workflowDispatch({ visibility: 'public' }));
    assert.deepEqual(refused.outputs, { 'error-code': 'sign-in-refused' });
    assert.match(logOf(refused), /set the input account/);
    assert.equal(entraRequests(), 0);
  },
);
