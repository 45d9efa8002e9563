import assert from 'node:assert/strict';
import { workflowDispatch } from '../../sandbox/runner/events.ts';
import { logOf, scenario } from './scenario.ts';

scenario(
  'Bad inputs are all named in one error, before any request',
  async ({ sandbox, run, entraRequests }) => {
    const inputs = {
      'client-id': 'mine',
      'tenant-id': 'a/b',
      cloud: 'mars',
      'sign-in': 'maybe',
      'encryption-key': 'c2hvcnQ=',
      'sign-in-timeout-minutes': 'soon',
    };
    const bad = await run(workflowDispatch(), { inputs });
    assert.equal(bad.exitCode, 1);
    assert.deepEqual(bad.outputs, { 'error-code': 'bad-input' });
    for (const input of Object.keys(inputs)) assert.match(logOf(bad), new RegExp(`${input} is`), input);
    assert.equal(entraRequests(), 0);
    assert.equal(sandbox.cacheService.requests.length, 0);
  },
);
