import assert from 'node:assert/strict';
import { workflowDispatch } from '../../sandbox/runner/events.ts';
import { logOf, scenario } from './scenario.ts';

for (const [says, inputs] of [
  [
    /pending-sign-in is given without encryption-key/,
    { 'pending-sign-in': 'entra-user-token-pending.x', 'encryption-key': '' },
  ],
  [
    /wait-for-sign-in is "false" without encryption-key/,
    { 'wait-for-sign-in': 'false', 'encryption-key': '' },
  ],
  [/wait-for-sign-in is "false" with sign-in "never"/, { 'wait-for-sign-in': 'false', 'sign-in': 'never' }],
  [
    /pending-sign-in is given with sign-in "never"/,
    { 'sign-in': 'never', 'pending-sign-in': 'entra-user-token-pending.x' },
  ],
  [
    /wait-for-sign-in is "false" together with pending-sign-in/,
    { 'wait-for-sign-in': 'false', 'pending-sign-in': 'entra-user-token-pending.x' },
  ],
] as const) {
  scenario(`One clear error, before any request: ${says.source}`, async ({ sandbox, run, entraRequests }) => {
    const bad = await run(workflowDispatch(), { inputs });
    assert.deepEqual(bad.outputs, { 'error-code': 'bad-input' });
    assert.match(logOf(bad), says);
    assert.deepEqual([entraRequests(), sandbox.cacheService.requests.length], [0, 0]);
  });
}
