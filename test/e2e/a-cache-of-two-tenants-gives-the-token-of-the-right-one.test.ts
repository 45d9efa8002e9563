import assert from 'node:assert/strict';
import { alice, homeAccountId, sandboxTenant } from '../../sandbox/authority/directory.ts';
import { schedule } from '../../sandbox/runner/events.ts';
import { pythonCacheOf } from './python-cache.ts';
import { logOf, scenario } from './scenario.ts';

const otherTenant = '99999999-8888-4777-8666-555555555555';
const foreign = 'access token of another tenant';

type Sections = Record<string, Record<string, Record<string, string>>>;

/** The same cache with an access token of another tenant beside the one that is there, or in its place. */
function withForeignToken(cache: string, place: 'first' | 'last' | 'alone'): string {
  const sections = JSON.parse(cache) as Sections;
  const own = sections['AccessToken'] ?? {};
  const [[key, token] = []] = Object.entries(own);
  assert.ok(key && token);
  const other = {
    [key.replace(`${sandboxTenant.id}-user`, `${otherTenant}-user`)]: {
      ...token,
      realm: otherTenant,
      secret: foreign,
    },
  };
  assert.equal(Object.keys({ ...own, ...other }).length, 2);
  const tokens = { first: { ...other, ...own }, last: { ...own, ...other }, alone: other }[place];
  return JSON.stringify({ ...sections, AccessToken: tokens });
}

for (const place of ['first', 'last', 'alone'] as const) {
  scenario(
    `From a cache with a token of another tenant (${place}) the token of tenant-id is output`,
    async ({ sandbox, run, keepSecret, entraRequests }) => {
      const cache = withForeignToken(await pythonCacheOf(sandbox, 'login.microsoftonline.com'), place);
      keepSecret('token-cache', cache);
      keepSecret('access token', foreign);
      const before = entraRequests();

      const silent = await run(schedule(), {
        inputs: { 'tenant-id': sandboxTenant.id, 'token-cache': cache },
        secrets: [cache],
      });

      assert.equal(silent.conclusion, 'success', logOf(silent));
      assert.equal(silent.outputs['tenant-id'], sandboxTenant.id);
      assert.equal(silent.outputs['account-id'], homeAccountId(alice));
      assert.notEqual(silent.outputs['access-token'], foreign);
      assert.equal(silent.outputs['source'], place === 'alone' ? 'refresh' : 'cache');
      assert.equal(entraRequests() - before, place === 'alone' ? 1 : 0);
    },
  );
}
