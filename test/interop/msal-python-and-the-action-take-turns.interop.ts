import assert from 'node:assert/strict';
import { alice, multiTenantApp, sandboxTenant } from '../../sandbox/authority/directory.ts';
import { schedule } from '../../sandbox/runner/events.ts';
import { logOf, scenario } from '../e2e/scenario.ts';
import { lastSaved } from './last-saved.ts';
import { type PythonAuthority, signInWithPython, silentWithPython } from './msal-python.ts';

const hosts = ['login.microsoftonline.com', 'login.windows.net'] as const;
const tenant = sandboxTenant.id;
const under = (turn: number): PythonAuthority => ({
  authority: `https://${hosts[turn % hosts.length]}/${tenant}`,
  wellKnown: true,
});
const { authority } = under(0);

scenario(
  'MSAL Python and the action share one sign-in for twenty turns, MSAL Python under two names of the cloud',
  async ({ sandbox, run, encryptionKey, keepSecret }) => {
    let { cache } = await signInWithPython(sandbox, under(0), alice.username);

    for (let turn = 1; turn <= 20; turn++) {
      keepSecret('token-cache', cache);
      const silent = await run(schedule({ runId: 5000 + turn }), {
        // A name of its own, so that each turn starts from what MSAL Python left.
        inputs: { 'token-cache': cache, 'tenant-id': tenant, 'cache-name': `turn-${turn}` },
        secrets: [cache],
      });
      assert.equal(silent.outputs['source'], 'refresh', `turn ${turn}: ${logOf(silent)}`);
      assert.equal(silent.outputs['username'], alice.username);
      assert.equal(silent.outputs['saved-to'], 'workflow-cache');

      const saved = await lastSaved(sandbox, encryptionKey, { clientId: multiTenantApp.clientId, authority });
      const renewed = await silentWithPython(sandbox, under(turn), saved, {
        forceRefresh: true,
      });
      assert.equal(renewed.source, 'identity_provider', `turn ${turn}`);
      cache = renewed.cache;
    }
  },
  // A refresh token that was sent twice would be refused.
  { settings: { accessTokenLifetimeSeconds: 200, rotateAndRevoke: true } },
);
