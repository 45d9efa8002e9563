import assert from 'node:assert/strict';
import { alice, homeAccountId, multiTenantApp, sandboxTenant } from '../../sandbox/authority/directory.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { parseEncryptionKeys } from '../../src/cache/encryption-keys.ts';
import { sealRecord } from '../../src/cache/sign-in-record.ts';
import { freshKey, restorePrefix } from '../../src/cache/workflow-cache.ts';
import { parseMsalCache } from '../../src/msal-cache/msal-cache.ts';
import { seededCache } from '../e2e/seeded-cache.ts';

const authority = `https://login.microsoftonline.com/${sandboxTenant.id}`;
const binding = { clientId: multiTenantApp.clientId, authority };
const path = 'entra-user-token/sign-in.jwe';

/** Inputs of a step whose stored sign-ins come from here. */
export const tenantInput = { 'tenant-id': sandboxTenant.id };

/** Tokens so short that each run must ask Entra whether the sign-in lives. */
export const shortTokens = { settings: { accessTokenLifetimeSeconds: 200 } } as const;

/** A sign-in of Alice's that Entra has revoked since. Those she makes from now on live. */
export async function deadCache(sandbox: Sandbox): Promise<string> {
  const cache = await seededCache(sandbox);
  sandbox.authority.revokeSessions(alice.username);
  return cache;
}

/** Sealed, and refreshed in the future: newer than whatever a run of this test stores. */
export function sealedAsNewest(cache: string, encryptionKey: string): Promise<string> {
  const now = Date.now();
  const record = {
    cache: parseMsalCache(cache),
    homeAccountId: homeAccountId(alice),
    refreshedAt: now + 3_600_000,
  };
  return sealRecord(record, keyOf(encryptionKey), binding, now);
}

/** Puts a sealed sign-in into the workflow cache, as if an earlier run had saved it. */
export async function plantSignIn(sandbox: Sandbox, sealed: string, encryptionKey: string): Promise<void> {
  const prefix = restorePrefix({ ...binding, account: '', cacheName: '' }, keyOf(encryptionKey).id);
  await sandbox.cacheService.plantFiles({
    key: freshKey(prefix, { id: '1', attempt: 1 }),
    files: { [path]: sealed },
    paths: [path],
  });
}

function keyOf(text: string) {
  const keys = parseEncryptionKeys(text);
  assert.ok(typeof keys !== 'string' && keys[0]);
  return keys[0];
}
