import assert from 'node:assert/strict';
import { alice, sandboxTenant } from '../../sandbox/authority/directory.ts';
import { schedule } from '../../sandbox/runner/events.ts';
import { pythonCacheOf } from './python-cache.ts';
import { logOf, scenario } from './scenario.ts';

const where = [
  {
    at: 'the public cloud',
    host: 'login.microsoftonline.com',
    inputs: { 'tenant-id': sandboxTenant.id },
  },
  {
    at: 'another authority',
    host: 'authority.sandbox.example',
    inputs: { authority: `https://authority.sandbox.example/${sandboxTenant.id}` },
  },
] as const;

for (const { at, host, inputs } of where) {
  scenario(
    `At ${at}, a cache of MSAL Python is taken over, and each of five runs sends the refresh token that the last one received`,
    async ({ sandbox, run, keepSecret }) => {
      const cache = await pythonCacheOf(sandbox, host);
      keepSecret('token-cache', cache);
      const step = { inputs: { ...inputs, 'token-cache': cache }, secrets: [cache] };

      for (let night = 1; night <= 5; night++) {
        const silent = await run(schedule({ runId: 3000 + night }), step);
        assert.equal(silent.outputs['source'], 'refresh', `night ${night}: ${logOf(silent)}`);
        assert.equal(silent.outputs['username'], alice.username);
        assert.equal(silent.outputs['saved-to'], 'workflow-cache');
        assert.doesNotMatch(logOf(silent), /ignored/);
      }
    },
    // A refresh token that was sent twice would be refused.
    { settings: { accessTokenLifetimeSeconds: 200, rotateAndRevoke: true } },
  );
}
