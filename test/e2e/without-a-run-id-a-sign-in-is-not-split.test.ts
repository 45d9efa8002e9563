import assert from 'node:assert/strict';
import { alice } from '../../sandbox/authority/directory.ts';
import { schedule, workflowDispatch } from '../../sandbox/runner/events.ts';
import { logOf, scenario } from './scenario.ts';

const env = { GITHUB_RUN_ID: '' };
const says =
  /but this runner does not name the run \(GITHUB_RUN_ID\), and a pending sign-in belongs to one run; sign in within one step/;

for (const [input, inputs] of [
  ['wait-for-sign-in', { 'wait-for-sign-in': 'false' }],
  ['pending-sign-in', { 'pending-sign-in': 'entra-user-token-pending.x' }],
] as const) {
  scenario(
    `Where the runner names no run, ${input} is a bad input`,
    async ({ sandbox, run, entraRequests }) => {
      const bad = await run(workflowDispatch(), { inputs, env });
      assert.deepEqual(bad.outputs, { 'error-code': 'bad-input' });
      assert.match(logOf(bad), new RegExp(`${input} is [^.]*${says.source}`));
      assert.deepEqual([entraRequests(), sandbox.cacheService.requests.length], [0, 0]);
    },
  );
}

scenario(
  'Where the runner names no run, a sign-in in one step is saved as usual',
  async ({ run, runAndSignIn }) => {
    const first = await runAndSignIn(workflowDispatch(), alice.username, { env });
    assert.equal(first.outputs['saved-to'], 'workflow-cache', logOf(first));
    assert.equal((await run(schedule(), { env })).outputs['source'], 'cache');
  },
);
