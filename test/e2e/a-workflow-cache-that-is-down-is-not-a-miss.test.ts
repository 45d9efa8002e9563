import assert from 'node:assert/strict';
import { workflowDispatch } from '../../sandbox/runner/events.ts';
import { logOf, scenario } from './scenario.ts';

scenario(
  'A workflow cache that is down is not taken for an empty one: nobody is asked to sign in',
  async ({ sandbox, run, entraRequests }) => {
    sandbox.cacheService.faults.add(
      'lookup',
      { kind: 'respond', status: 400, body: '{"code":"internal","msg":"broken"}' },
      { times: Number.POSITIVE_INFINITY },
    );
    const down = await run(workflowDispatch());
    assert.deepEqual(down.outputs, { 'error-code': 'cache-unavailable' });
    assert.match(logOf(down), /may still hold the sign-in/);
    assert.doesNotMatch(logOf(down), /there is no stored sign-in|nobody needs to sign in/);
    assert.equal(entraRequests(), 0);
  },
);
