import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { alice, homeAccountId, multiTenantApp, sandboxTenant } from '../../sandbox/authority/directory.ts';
import { schedule } from '../../sandbox/runner/events.ts';
import { parseMsalCache } from '../../src/msal-cache/msal-cache.ts';
import { openForAny } from '../../src/sealing/envelope.ts';
import { sealRecord } from '../../src/sealing/sign-in-record.ts';
import { logOf } from '../e2e/scenario.ts';
import { sealingKey } from '../e2e/sealed-entries.ts';
import { seededCache } from '../e2e/seeded-cache.ts';
import { secretScenario } from './secret-scenario.ts';

const [signedInAt, refreshedAt] = [1_700_000_000_000, 1_710_000_000_000];

secretScenario(
  'A sign-in that a run seals with a new key, and does not refresh, keeps the date of its last refresh',
  async ({ sandbox, run, store, stored, encryptionKey, keepSecret }) => {
    const newKey = randomBytes(32).toString('hex');
    keepSecret('encryption-key', newKey);
    const record = {
      cache: parseMsalCache(await seededCache(sandbox)),
      homeAccountId: homeAccountId(alice),
      refreshedAt,
      details: { signedInAt },
    };
    const authority = `https://login.microsoftonline.com/${sandboxTenant.id}`;
    const binding = { clientId: multiTenantApp.clientId, authority };
    store(await sealRecord(record, { key: sealingKey(encryptionKey), binding, now: refreshedAt }));

    const rotating = await run(schedule(), {
      inputs: { 'encryption-key': `${newKey}\n${encryptionKey}` },
      secrets: [newKey],
    });

    assert.deepEqual(
      [rotating.outputs['source'], rotating.outputs['saved-to']],
      ['cache', 'secret'],
      logOf(rotating),
    );
    const kept = await openForAny(stored(), { type: 'entra-user-token-cache', keys: [sealingKey(newKey)] });
    assert.deepEqual([kept.refreshedAt, kept.details.signedInAt], [refreshedAt, signedInAt]);
    assert.ok(kept.sealedAt > refreshedAt);
  },
);
