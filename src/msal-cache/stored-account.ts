import { partsOf, sameHomeAccountId } from '../entra/home-account-id.ts';
import type { SignedInAccount } from '../entra/signed-in-account.ts';
import { type Entities, type Entity, field, type MsalCache } from './msal-cache.ts';
import type { CacheOwner } from './msal-node-cache.ts';

/** Somebody who is signed in, as a cache has it. */
export type StoredAccount = SignedInAccount;

/** Those who are signed in, each once, in the order of the cache. */
export function accountsOf({ Account }: MsalCache): readonly StoredAccount[] {
  const accounts: StoredAccount[] = [];
  for (const entity of Object.values(Account)) {
    const account = { homeAccountId: field(entity, 'home_account_id'), username: field(entity, 'username') };
    const isKnown = accounts.some((other) => sameHomeAccountId(other.homeAccountId, account.homeAccountId));
    if (account.homeAccountId !== '' && !isKnown) accounts.push(account);
  }
  return accounts;
}

/** The entries of a section that belong to an account. */
export function entriesOf(entities: Entities, homeAccountId: string): readonly Entity[] {
  return Object.values(entities).filter((entity) =>
    sameHomeAccountId(field(entity, 'home_account_id'), homeAccountId),
  );
}

/** The same cache with these refresh tokens in place of all others. */
export function withRefreshTokens(
  cache: MsalCache,
  refreshTokens: readonly Entity[],
  { cacheHost, clientId }: Pick<CacheOwner, 'cacheHost' | 'clientId'>,
): MsalCache {
  const keyed = refreshTokens.map((token, index): [string, Entity] => {
    const parts = [field(token, 'home_account_id'), cacheHost, 'refreshtoken', clientId, '', '', ''];
    // The first stands where MSAL Node writes a new one; those behind it are never given to MSAL beside it.
    const key = parts.join('-').toLowerCase();
    return [index === 0 ? key : `${key}${index}`, token];
  });
  return { ...cache, RefreshToken: Object.fromEntries(keyed) };
}

/** What MSAL Node itself has just written. It may hold entries of nobody, which a cache from elsewhere may not. */
export function parseOwnCache(serialized: string): MsalCache {
  return JSON.parse(serialized) as MsalCache;
}

/**
 * Files all that an application holds, which was given one account, under that account: MSAL files under nobody what came
 * with a response that names nobody, and on AD FS under the `sub` what another MSAL has under another id. Sees to it that
 * the cache holds the account itself.
 * @see https://openid.net/specs/openid-connect-core-1_0.html#RefreshTokenResponse
 */
export function assignTo(account: StoredAccount, cache: MsalCache, cacheHost: string): MsalCache {
  const { homeAccountId } = account;
  const assigned = (entities: Entities): Entities => {
    const own: [string, Entity][] = [];
    const others: [string, Entity][] = [];
    for (const [key, entity] of Object.entries(entities)) {
      const id = field(entity, 'home_account_id');
      if (sameHomeAccountId(id, homeAccountId)) own.push([key, entity]);
      // MSAL's keys begin with the account's id.
      else
        others.push([
          homeAccountId.toLowerCase() + key.slice(id.length),
          { ...entity, home_account_id: homeAccountId },
        ]);
    }
    // What is new takes the place of what stood there.
    return Object.fromEntries([...own, ...others]);
  };
  return {
    Account: withAccount(cache.Account, account, cacheHost),
    IdToken: assigned(cache.IdToken),
    AccessToken: assigned(cache.AccessToken),
    RefreshToken: assigned(cache.RefreshToken),
    AppMetadata: cache.AppMetadata,
  };
}

function withAccount(
  accounts: Entities,
  { homeAccountId, username }: StoredAccount,
  cacheHost: string,
): Entities {
  const isOwn = (entity: Entity): boolean =>
    sameHomeAccountId(field(entity, 'home_account_id'), homeAccountId);
  if (Object.values(accounts).some(isOwn)) {
    return Object.fromEntries(
      Object.entries(accounts).map(([key, entity]) => [
        key,
        isOwn(entity) ? { ...entity, username } : entity,
      ]),
    );
  }
  const { uid: localAccountId = homeAccountId, utid: realm = '' } = partsOf(homeAccountId) ?? {};
  const account = {
    home_account_id: homeAccountId,
    environment: cacheHost,
    realm,
    local_account_id: localAccountId,
    username,
    authority_type: 'MSSTS',
  };
  return { [[homeAccountId, cacheHost, realm].join('-').toLowerCase()]: account };
}
