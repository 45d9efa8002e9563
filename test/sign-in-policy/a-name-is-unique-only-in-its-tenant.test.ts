import assert from 'node:assert/strict';
import { alice, sandboxTenant } from '../../sandbox/authority/directory.ts';
import { workflowDispatch } from '../../sandbox/runner/events.ts';
import { logOf, scenario } from '../e2e/scenario.ts';

scenario(
  'In a public repository, an account given by name is refused with a tenant-id that stands for many tenants',
  async ({ run, entraRequests }) => {
    const inputs = { account: alice.username, 'tenant-id': 'organizations' };
    const refused = await run(workflowDispatch({ visibility: 'public' }), { inputs });
    assert.deepEqual(refused.outputs, { 'error-code': 'sign-in-refused' });
    assert.match(logOf(refused), /unique only in its tenant.*set tenant-id to your tenant/s);
    assert.equal(entraRequests(), 0);
  },
);

scenario(
  'In a public repository, an account given by name is enough with a tenant-id of its own',
  async ({ runAndSignIn }) => {
    const inputs = { account: alice.username.toUpperCase(), 'tenant-id': sandboxTenant.id };
    const run = await runAndSignIn(workflowDispatch({ visibility: 'public' }), alice.username, { inputs });
    assert.equal(run.outputs['source'], 'sign-in');
  },
);
