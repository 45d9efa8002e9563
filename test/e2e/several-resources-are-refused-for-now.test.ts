import assert from 'node:assert/strict';
import { workflowDispatch } from '../../sandbox/runner/events.ts';
import { logOf, scenario } from './scenario.ts';

scenario(
  'Scopes of several resources get a clear error before any request',
  async ({ run, entraRequests }) => {
    const bad = await run(workflowDispatch(), {
      inputs: { scopes: 'User.Read, https://outlook.office.com/SMTP.Send' },
    });
    assert.deepEqual(bad.outputs, { 'error-code': 'bad-input' });
    assert.match(logOf(bad), /names 2 resources.*use one step for each resource/);
    assert.equal(entraRequests(), 0);
  },
);
