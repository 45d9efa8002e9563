import assert from 'node:assert/strict';
import { alice, multiTenantApp, sandboxTenant } from '../../sandbox/authority/directory.ts';
import { schedule } from '../../sandbox/runner/events.ts';
import { logOf, scenario } from '../e2e/scenario.ts';
import { lastSaved } from './last-saved.ts';
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

      const saved = await lastSaved(sandbox, encryptionKey, {
        clientId: multiTenantApp.clientId,
        authority,
      });
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
