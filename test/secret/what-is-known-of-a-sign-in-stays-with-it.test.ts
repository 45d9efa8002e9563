import assert from 'node:assert/strict';
import { alice, homeAccountId, multiTenantApp, sandboxTenant } from '../../sandbox/authority/directory.ts';
import { schedule } from '../../sandbox/runner/events.ts';
import { parseMsalCache } from '../../src/msal-cache/msal-cache.ts';
import { openForAny } from '../../src/sealing/envelope.ts';
import { sealRecord } from '../../src/sealing/sign-in-record.ts';
import { logOf } from '../e2e/scenario.ts';
import { sealingKey } from '../e2e/sealed-entries.ts';
import { seededCache } from '../e2e/seeded-cache.ts';
import { secretScenario } from './secret-scenario.ts';

secretScenario(
  'A run that refreshes a sign-in saves with it what was known of it before',
  async ({ sandbox, run, store, stored, encryptionKey }) => {
    const key = sealingKey(encryptionKey);
    const binding = {
      clientId: multiTenantApp.clientId,
      authority: `https://login.microsoftonline.com/${sandboxTenant.id}`,
    };
    const details = {
      signedInAt: 1_700_000_000_000,
      longestLifetime: 7 * 86_400_000,
      pinned: { name: alice.username, id: homeAccountId(alice) },
      tenant: sandboxTenant.id,
    };
    const record = {
      cache: parseMsalCache(await seededCache(sandbox)),
      homeAccountId: homeAccountId(alice),
      refreshedAt: 1_700_000_000_000,
      details,
    };
    const before = await sealRecord(record, { key, binding, now: 1_700_000_000_000 });
    store(before);

    const refreshed = await run(schedule());

    assert.deepEqual(
      [refreshed.outputs['source'], refreshed.outputs['saved-to']],
      ['refresh', 'secret'],
      logOf(refreshed),
    );
    assert.notEqual(stored(), before);
    const after = await openForAny(stored(), { type: 'entra-user-token-cache', keys: [key] });
    assert.deepEqual(after.details, details);
    assert.deepEqual(after.binding, binding);
    assert.ok(after.refreshedAt > record.refreshedAt);
  },
  { settings: { accessTokenLifetimeSeconds: 200 } },
);
