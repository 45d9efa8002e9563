import assert from 'node:assert/strict';
import { gunzipSync, zstdDecompressSync } from 'node:zlib';
import { alice, multiTenantApp, sandboxTenant } from '../../sandbox/authority/directory.ts';
import { schedule } from '../../sandbox/runner/events.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { parseEncryptionKeys } from '../../src/cache/encryption-keys.ts';
import { open } from '../../src/cache/envelope.ts';
import { logOf, scenario } from '../e2e/scenario.ts';
import { signInWithPython, silentWithPython } from './msal-python.ts';

for (const host of ['login.microsoftonline.com', 'authority.sandbox.example']) {
  const authority = `https://${host}/${sandboxTenant.id}`;
  const wellKnown = host === 'login.microsoftonline.com';

  scenario(
    `MSAL Python signs in at ${host}, the action goes on with its cache, and MSAL Python with what the action saved`,
    async ({ sandbox, run, encryptionKey, keepSecret }) => {
      const signedIn = await signInWithPython(sandbox, { authority, wellKnown }, alice.username);
      keepSecret('token-cache', signedIn.cache);

      for (let night = 1; night <= 3; night++) {
        const silent = await run(schedule({ runId: 4000 + night }), {
          inputs: {
            'token-cache': signedIn.cache,
            ...(wellKnown ? { 'tenant-id': sandboxTenant.id } : { authority }),
          },
          secrets: [signedIn.cache],
        });
        assert.equal(silent.outputs['source'], 'refresh', logOf(silent));
        assert.equal(silent.outputs['username'], alice.username);
      }

      const saved = await lastSaved(sandbox, encryptionKey, authority);
      // The refresh token that the action got last is the only one that lives.
      const renewed = await silentWithPython(sandbox, { authority, wellKnown }, saved, {
        forceRefresh: true,
      });
      assert.equal(renewed.source, 'identity_provider');
      const again = await silentWithPython(sandbox, { authority, wellKnown }, renewed.cache, {
        forceRefresh: true,
      });
      const { status, body } = await sandbox.callGraph(again.accessToken);
      assert.equal(status, 200);
      assert.equal((body as { userPrincipalName: string }).userPrincipalName, alice.username);
    },
    { settings: { accessTokenLifetimeSeconds: 200, rotateAndRevoke: true } },
  );
}

/** The newest cache in the workflow cache, as it was before it was sealed. */
async function lastSaved(sandbox: Sandbox, encryptionKey: string, authority: string): Promise<string> {
  const bytes = sandbox.cacheService.entries.at(-1)?.bytes ?? Buffer.alloc(0);
  const archive = bytes[0] === 0x1f ? gunzipSync(bytes) : zstdDecompressSync(bytes);
  const sealed = /eyJ[\w-]+\.\.[\w-]+\.[\w-]+\.[\w-]+/.exec(archive.toString('latin1'))?.[0] ?? '';
  const keys = parseEncryptionKeys(encryptionKey);
  assert.ok(typeof keys !== 'string');
  const binding = { clientId: multiTenantApp.clientId, authority };
  const { contents } = await open('entra-user-token-cache', keys, binding, sealed);
  return JSON.stringify(contents);
}
