import assert from 'node:assert/strict';
import { alice, sandboxTenant } from '../../sandbox/authority/directory.ts';
import { schedule, workflowDispatch } from '../../sandbox/runner/events.ts';
import { scenario } from './scenario.ts';

scenario(
  'The outputs say whose token it is, and account-id is what the input account takes',
  async ({ run, runAndSignIn }) => {
    const accountId = `${alice.objectId}.${sandboxTenant.id}`;
    const whose = {
      username: alice.username,
      'tenant-id': sandboxTenant.id,
      'account-id': accountId,
    };
    const inputs = { account: accountId.toUpperCase() };
    const first = await runAndSignIn(workflowDispatch(), alice.username, { inputs });
    const silent = await run(schedule(), { inputs });
    for (const { outputs } of [first, silent])
      for (const [output, value] of Object.entries(whose)) assert.equal(outputs[output], value, output);
  },
);
