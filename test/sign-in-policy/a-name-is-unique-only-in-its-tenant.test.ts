import assert from 'node:assert/strict';
import { alice, sandboxTenant } from '../../sandbox/authority/directory.ts';
import { workflowDispatch } from '../../sandbox/runner/events.ts';
import { logOf, scenario } from '../e2e/scenario.ts';

for (const visibility of ['public', 'internal'] as const) {
  for (const tenant of ['', 'organizations', 'common']) {
    scenario(
      `In a repository that is ${visibility}, an account given by name is refused with tenant-id "${tenant}"`,
      async ({ run, entraRequests }) => {
        const inputs = { account: alice.username, 'tenant-id': tenant };
        const refused = await run(workflowDispatch({ visibility }), { inputs });
        assert.deepEqual(refused.outputs, { 'error-code': 'sign-in-refused' });
        assert.match(logOf(refused), /unique only in its tenant.*set tenant-id to your tenant/s);
        assert.equal(entraRequests(), 0);
      },
    );
  }
}

scenario('With a tenant of its own the name is enough', async ({ runAndSignIn }) => {
  const inputs = { account: alice.username.toUpperCase(), 'tenant-id': sandboxTenant.id };
  const run = await runAndSignIn(workflowDispatch({ visibility: 'public' }), alice.username, { inputs });
  assert.equal(run.outputs['source'], 'sign-in');
});

scenario('In a private repository the name is enough', async ({ runAndSignIn }) => {
  const run = await runAndSignIn(workflowDispatch(), alice.username, { inputs: { account: alice.username } });
  assert.equal(run.outputs['source'], 'sign-in');
});
