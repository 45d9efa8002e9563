import { alice, homeAccountId, sandboxTenant } from '../../sandbox/authority/directory.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { parseMsalCache } from '../../src/msal-cache/msal-cache.ts';
import { sealRecord } from '../../src/sealing/sign-in-record.ts';
import { entryBinding, plantEntry, sealingKey } from '../e2e/sealed-entries.ts';
import { seededCache } from '../e2e/seeded-cache.ts';

const binding = entryBinding({ authority: `https://login.microsoftonline.com/${sandboxTenant.id}` });

/** Inputs of a step whose stored sign-ins come from here. */
export const tenantInput = { 'tenant-id': sandboxTenant.id };

/** Tokens so short that each run must ask Entra whether the sign-in still works. */
export const shortTokens = { settings: { accessTokenLifetimeSeconds: 200 } } as const;

/** A sign-in of Alice's that Entra has revoked since. Those that she makes from now on work. */
export async function revokedCache(sandbox: Sandbox): Promise<string> {
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
    details: {},
  };
  return sealRecord(record, { key: sealingKey(encryptionKey), binding, now: now });
}

/** Puts a sealed sign-in into the workflow cache, as if an earlier run had saved it. */
export function plantSignIn(sandbox: Sandbox, sealed: string, encryptionKey: string): Promise<void> {
  return plantEntry(sandbox, sealed, binding, encryptionKey);
}
