import assert from 'node:assert/strict';
import { alice, sandboxTenant } from '../../sandbox/authority/directory.ts';
import { schedule } from '../../sandbox/runner/events.ts';
import { logOf, scenario } from '../e2e/scenario.ts';

const allowed = { 'sign-in': 'allowed' };

scenario(
  'A schedule whose payload names no repository prompts nobody without account, even where sign-in is allowed',
  async ({ run, entraRequests }) => {
    const refused = await run(schedule({ repositoryInPayload: false }), { inputs: allowed });
    assert.deepEqual(refused.outputs, { 'error-code': 'sign-in-refused' });
    assert.match(logOf(refused), /The event does not say that this repository is private/);
    assert.equal(entraRequests(), 0);
  },
);

scenario(
  'A schedule whose payload names no repository prompts the person that account names, and names nobody',
  async ({ runAndSignIn }) => {
    const inputs = { ...allowed, account: alice.username, 'tenant-id': sandboxTenant.id };
    const run = await runAndSignIn(schedule({ repositoryInPayload: false }), alice.username, { inputs });
    assert.equal(run.outputs['source'], 'sign-in');
    assert.doesNotMatch(run.summary, /alice/i);
  },
);
