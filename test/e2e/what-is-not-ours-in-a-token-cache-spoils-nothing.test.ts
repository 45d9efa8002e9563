import assert from 'node:assert/strict';
import { alice, multiTenantApp, sandboxTenant } from '../../sandbox/authority/directory.ts';
import { schedule } from '../../sandbox/runner/events.ts';
import { pythonCacheOf } from './python-cache.ts';
import { logOf, scenario } from './scenario.ts';

const host = 'login.microsoftonline.com';
const clientId = multiTenantApp.clientId;

scenario(
  'An app-only token, and AppMetadata under two names of the cloud, do not prevent a token-cache from being refreshed',
  async ({ sandbox, run, keepSecret }) => {
    const python = JSON.parse(await pythonCacheOf(sandbox, host)) as Record<string, Record<string, object>>;
    const [own] = Object.values(python['AccessToken'] ?? {});
    const cache = JSON.stringify({
      ...python,
      AccessToken: {
        'app-only': {
          ...own,
          home_account_id: null,
          client_id: 'an app',
          secret: 'of an app',
          target: '.default',
        },
      },
      AppMetadata: {
        ...python['AppMetadata'],
        [`appmetadata-login.windows.net-${clientId}`]: {
          client_id: clientId,
          environment: 'login.windows.net',
        },
      },
    });
    keepSecret('token-cache', cache);

    const silent = await run(schedule(), {
      inputs: { 'token-cache': cache, 'tenant-id': sandboxTenant.id },
      secrets: [cache],
    });
    assert.equal(silent.outputs['source'], 'refresh', logOf(silent));
    assert.equal(silent.outputs['username'], alice.username);
    assert.equal(silent.outputs['saved-to'], 'workflow-cache');
  },
);
