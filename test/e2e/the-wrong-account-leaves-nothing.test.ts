import assert from 'node:assert/strict';
import { alice, bob, sandboxTenant } from '../../sandbox/authority/directory.ts';
import { workflowDispatch } from '../../sandbox/runner/events.ts';
import { logOf, scenario } from './scenario.ts';

scenario('When the wrong account signs in, nothing is output or saved', async ({ sandbox, runAndSignIn }) => {
  const inputs = { account: alice.username, 'tenant-id': sandboxTenant.id };
  const run = await runAndSignIn(workflowDispatch(), bob.username, { inputs });
  assert.deepEqual(run.outputs, { 'error-code': 'wrong-account' });
  assert.match(logOf(run), /only alice@sandbox\.example is accepted, and bob@sandbox\.example/);
  assert.equal(sandbox.cacheService.entries.length, 0);
  assert.match(run.summary, /Sign-in failed/);
});
