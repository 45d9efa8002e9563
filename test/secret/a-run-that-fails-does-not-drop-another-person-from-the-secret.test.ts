import assert from 'node:assert/strict';
import { alice, bob, sandboxTenant } from '../../sandbox/authority/directory.ts';
import { entraError } from '../../sandbox/authority/entra-error.ts';
import { schedule } from '../../sandbox/runner/events.ts';
import { logOf } from '../e2e/scenario.ts';
import { seededCache } from '../e2e/seeded-cache.ts';
import { graphAndMail, smtp } from '../several-resources/two-resources.ts';
import { secretScenario } from './secret-scenario.ts';

type Sections = Record<string, object>;

secretScenario(
  'A run that fails in the middle leaves in the secret whoever it did not come to',
  async ({ sandbox, run, store, stored }) => {
    const ofAlice = JSON.parse(await seededCache(sandbox, alice.username)) as Sections;
    const ofBob = JSON.parse(await seededCache(sandbox, bob.username)) as Sections;
    const both = Object.fromEntries(
      Object.entries(ofAlice).map(([name, entities]) => [name, { ...entities, ...ofBob[name] }]),
    );
    // Alice's sign-in gives the first token and lacks consent for the second; then Bob's meets a refusal that passes.
    sandbox.authority.consent(bob.username, smtp);
    store(JSON.stringify(both));
    const before = stored();
    const step = { inputs: { ...graphAndMail, 'tenant-id': sandboxTenant.id }, secrets: [before] };
    const refusal = { kind: 'respond', ...entraError(7000218) } as const;
    sandbox.authority.faults.add('token:refresh_token', refusal, { after: 2 });

    const failed = await run(schedule(), step);
    assert.equal(failed.conclusion, 'failure', logOf(failed));
    assert.equal(stored(), before);

    const next = await run(schedule(), step);
    assert.equal(next.outputs['username'], bob.username, logOf(next));
  },
  { settings: { accessTokenLifetimeSeconds: 200 } },
);
