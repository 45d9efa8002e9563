import { alice, homeAccountId, multiTenantApp, sandboxTenant } from '../../sandbox/authority/directory.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { serializedByPython } from '../unit/fakes/python-cache.ts';

const tenant = sandboxTenant.id;

/** A device code sign-in of Alice's at one of the authority's hosts, kept as MSAL Python keeps it. */
export async function pythonCacheOf(sandbox: Sandbox, host: string): Promise<string> {
  const post = async (endpoint: string, form: Record<string, string>): Promise<Record<string, unknown>> => {
    const url = new URL(`https://${host}/${tenant}/oauth2/v2.0/${endpoint}`);
    const body = new URLSearchParams({ client_id: multiTenantApp.clientId, ...form }).toString();
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    return JSON.parse((await sandbox.askAuthority(url, { headers, body })).body);
  };
  const code = await post('devicecode', { scope: 'User.Read offline_access openid profile' });
  await sandbox.authority.signIn(String(code['user_code']), alice.username);
  const granted = await post('token', {
    grant_type: 'device_code',
    device_code: String(code['device_code']),
  });
  return serializedByPython({
    homeAccountId: homeAccountId(alice),
    username: alice.username,
    environment: host,
    clientId: multiTenantApp.clientId,
    realm: tenant,
    accessToken: String(granted['access_token']),
    refreshToken: String(granted['refresh_token']),
    idToken: String(granted['id_token']),
    cachedAt: Math.floor(Date.now() / 1000),
    expiresIn: Number(granted['expires_in']),
  });
}
