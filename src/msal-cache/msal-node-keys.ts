import { type Entity, field } from './entity.ts';

/** As MSAL Node's `generateCredentialKey` and `generateAccountKey` make it: members of an entry, and words between. */
function cacheKey(entity: Entity, ...parts: readonly string[]): string {
  return [field(entity, 'home_account_id'), field(entity, 'environment'), ...parts].join('-').toLowerCase();
}

/** The tenant that an account is at home in, as MSAL Node reads it from the id; empty where the id tells none. */
export function homeTenantOf(account: Entity): string {
  return field(account, 'home_account_id').split('.')[1] ?? '';
}

export function keyOfAccount(account: Entity): string {
  return cacheKey(account, homeTenantOf(account) || field(account, 'realm'));
}

/** MSAL Node files refresh tokens without a tenant and without scopes: one serves them all. */
export function keyOfRefreshToken(token: Entity): string {
  return cacheKey(token, 'RefreshToken', field(token, 'client_id'), '', '', '');
}

/** Of an access token, or of an ID token, which has no scopes. */
export function keyOfTenantToken(token: Entity): string {
  const [type = '', clientId = '', realm = '', target = ''] = tenantMembers.map((name) => field(token, name));
  return cacheKey(token, type, clientId, realm, type === 'IdToken' ? '' : target, '');
}

const tenantMembers = ['credential_type', 'client_id', 'realm', 'target'];
