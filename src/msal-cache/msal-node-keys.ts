import { type Entities, type Entity, field, type MsalCache } from './msal-cache.ts';

/** Whose cache entries are wanted, and under which host MSAL Node files them. */
export interface CacheOwner {
  readonly clientId: string;
  readonly cacheHost: string;
  /** Every host under which another MSAL may have filed an entry of the same authority. */
  readonly cacheHosts: readonly string[];
}

/**
 * Makes the cache of any MSAL fit MSAL Node: refresh tokens of other clients and hosts go, the others are filed as MSAL
 * Node files them, one for each account. MSAL Node writes a new refresh token under its own key and then reads the
 * first that matches: without this, the token that another MSAL wrote would be replayed for ever, and rot.
 */
export function asMsalNodeFiles(cache: MsalCache, owner: CacheOwner): MsalCache {
  const accounts = Object.values(cache.Account).filter((account) => isOfHost(account, owner));
  return {
    Account: Object.fromEntries(accounts.map((account) => refiledAccount(account, owner))),
    IdToken: ofOwner(cache.IdToken, owner),
    AccessToken: ofOwner(cache.AccessToken, owner),
    RefreshToken: refiledRefreshTokens(cache.RefreshToken, owner),
    AppMetadata: withoutFamily(ofOwner(cache.AppMetadata, owner)),
  };
}

function refiledAccount(account: Entity, { cacheHost }: CacheOwner): [string, Entity] {
  const homeAccountId = field(account, 'home_account_id');
  const tenant = homeAccountId.split('.')[1] ?? field(account, 'realm');
  return [cacheKey(homeAccountId, cacheHost, tenant), { ...account, environment: cacheHost }];
}

function refiledRefreshTokens(refreshTokens: Entities, owner: CacheOwner): Entities {
  const newest = new Map<string, Entity>();
  for (const token of Object.values(ofOwner(refreshTokens, owner))) {
    const homeAccountId = field(token, 'home_account_id').toLowerCase();
    const rival = newest.get(homeAccountId);
    if (!rival || modifiedAt(token) >= modifiedAt(rival)) newest.set(homeAccountId, token);
  }
  return Object.fromEntries(
    [...newest.values()].map((token) => {
      const homeAccountId = field(token, 'home_account_id');
      const refiled = {
        home_account_id: homeAccountId,
        environment: owner.cacheHost,
        credential_type: 'RefreshToken',
        client_id: owner.clientId,
        secret: field(token, 'secret'),
        ...(typeof token['last_modification_time'] === 'string' && {
          last_modification_time: token['last_modification_time'],
        }),
      };
      return [cacheKey(homeAccountId, owner.cacheHost, 'RefreshToken', owner.clientId, '', '', ''), refiled];
    }),
  );
}

// A family id would make MSAL Node look for a refresh token that Microsoft's own apps share.
function withoutFamily(appMetadata: Entities): Entities {
  return Object.fromEntries(Object.entries(appMetadata).filter(([, entity]) => !field(entity, 'family_id')));
}

function ofOwner(entities: Entities, owner: CacheOwner): Entities {
  return Object.fromEntries(
    Object.entries(entities).filter(
      ([, entity]) =>
        isOfHost(entity, owner) && field(entity, 'client_id').toLowerCase() === owner.clientId.toLowerCase(),
    ),
  );
}

function isOfHost(entity: Entity, { cacheHosts }: CacheOwner): boolean {
  return cacheHosts.includes(field(entity, 'environment').toLowerCase());
}

function modifiedAt(entity: Entity): number {
  return Number(field(entity, 'last_modification_time')) || 0;
}

/** As MSAL Node's `generateCredentialKey` and `generateAccountKey` make it. */
function cacheKey(...parts: readonly string[]): string {
  return parts.join('-').toLowerCase();
}
