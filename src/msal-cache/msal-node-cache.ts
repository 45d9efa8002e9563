import { claimsOf, type Entities, type Entity, field } from './entity.ts';
import type { MsalCache } from './msal-cache.ts';
import { homeTenantOf, keyOfAccount, keyOfRefreshToken, keyOfTenantToken } from './msal-node-keys.ts';
import { orderRefreshTokens } from './refresh-tokens.ts';
import { readTenantProfiles, type TenantProfile } from './tenant-profiles.ts';

/** Whose cache entries are wanted, and under which host MSAL Node files them. */
export interface CacheOwner {
  readonly clientId: string;
  readonly cacheHost: string;
  /** Every host under which another MSAL may have filed an entry of the same authority. */
  readonly cacheHosts: readonly string[];
}

/**
 * Makes the cache of any MSAL one of MSAL Node: entries of other clients, hosts and people without a token go, and the
 * rest is filed as MSAL Node files it. MSAL Node writes a new refresh token under its own key and then reads the first
 * that matches: without this, the token that another MSAL wrote would be sent again and again until it is too old. It also stops at
 * two entries that mean the same thing under two names of one cloud.
 */
export function toMsalNodeCache(cache: MsalCache, owner: CacheOwner): MsalCache {
  const tokens = {
    RefreshToken: refreshTokens(cache, owner),
    AccessToken: accessTokens(cache, owner),
    IdToken: idTokens(cache, owner),
  };
  const signedIn = new Set(
    [...tokens.RefreshToken, ...tokens.AccessToken].map((token) => field(token, 'home_account_id')),
  );
  // MSAL Node keeps all in one map, and its keys have no upper case: two ids of AD FS may differ by nothing else.
  const taken = new Set<string>();
  return {
    Account: filed(accounts(cache, owner, signedIn), keyOfAccount, taken),
    IdToken: filed(tokens.IdToken, keyOfTenantToken, taken),
    AccessToken: filed(tokens.AccessToken, keyOfTenantToken, taken),
    RefreshToken: filed(tokens.RefreshToken, keyOfRefreshToken, taken),
    AppMetadata: appMetadata(cache, owner),
  };
}

function filed(entities: readonly Entity[], keyOf: (entity: Entity) => string, taken: Set<string>): Entities {
  return Object.fromEntries(
    entities.map((entity) => {
      const own = keyOf(entity);
      let key = own;
      // MSAL's keys end with the kind of token, which is empty here: it makes none of these.
      for (let count = 2; taken.has(key); count++) key = `${own}${count}`;
      taken.add(key);
      return [key, entity];
    }),
  );
}

/** One for each person. Other MSALs keep one for each tenant of a person, where MSAL Node keeps one with profiles. */
function accounts(cache: MsalCache, owner: CacheOwner, signedIn: ReadonlySet<string>): readonly Entity[] {
  const own = Object.values(cache.Account).filter(
    (account) => isOfHost(account, owner) && signedIn.has(field(account, 'home_account_id')),
  );
  return grouped(own, (account) => field(account, 'home_account_id')).map((all) => onePerson(all, owner));
}

function onePerson(all: readonly Entity[], { cacheHost }: CacheOwner): Entity {
  const [first = {}, ...others] = all
    .map(withTenant)
    .sort((a, b) => Number(isAtHome(b)) - Number(isAtHome(a)));
  const profiles = new Map<string, TenantProfile>();
  for (const account of [first, ...others])
    for (const profile of profilesOf(account))
      if (!profiles.has(profile.tenantId)) profiles.set(profile.tenantId, profile);
  return {
    ...first,
    environment: cacheHost,
    tenantProfiles: [...profiles.values()].map((profile) => JSON.stringify(profile)),
  };
}

/** MSAL Node shows no account without these. */
function withTenant(account: Entity): Entity {
  const id = field(account, 'home_account_id');
  return {
    ...account,
    realm: field(account, 'realm') || homeTenantOf(account),
    local_account_id: field(account, 'local_account_id') || id.split('.')[0],
  };
}

function isAtHome(account: Entity): boolean {
  return field(account, 'realm') === homeTenantOf(account);
}

/** Without a profile MSAL Node makes one that has no username, and lays it over the account's. */
function profilesOf(account: Entity): readonly TenantProfile[] {
  const profiles = readTenantProfiles(account['tenantProfiles']);
  if (profiles.length > 0) return profiles;
  const [name, username] = [field(account, 'name'), field(account, 'username')];
  return [
    {
      tenantId: field(account, 'realm'),
      localAccountId: field(account, 'local_account_id'),
      ...(name !== '' && { name }),
      ...(username !== '' && { username }),
      isHomeTenant: isAtHome(account),
    },
  ];
}

/** Of each person those that may be good, the one to try first under MSAL Node's own key. */
function refreshTokens(cache: MsalCache, owner: CacheOwner): readonly Entity[] {
  const own = Object.entries(cache.RefreshToken).filter(([, token]) => isOwn(token, owner));
  return grouped(own, ([, token]) => field(token, 'home_account_id')).flatMap((ofOne) =>
    orderRefreshTokens(ofOne).map((token) => {
      const date = field(token, 'last_modification_time');
      return {
        home_account_id: field(token, 'home_account_id'),
        environment: owner.cacheHost,
        credential_type: 'RefreshToken',
        client_id: owner.clientId,
        secret: field(token, 'secret'),
        ...(date !== '' && { last_modification_time: date }),
      };
    }),
  );
}

/** Of two for the same scopes in the same tenant the one that lasts longer: MSAL Node would throw both away. */
function accessTokens(cache: MsalCache, owner: CacheOwner): readonly Entity[] {
  const scopesOf = (token: Entity): string =>
    field(token, 'target').toLowerCase().split(' ').sort().join(' ');
  return grouped(ownOf(cache.AccessToken, owner, 'AccessToken'), (token) =>
    [field(token, 'home_account_id'), field(token, 'realm').toLowerCase(), scopesOf(token)].join(' '),
  ).map((same) => greatest(same, (token) => Number(field(token, 'expires_on'))));
}

/** Of two for one tenant the newer: MSAL Node would throw both away, and with them the person's name. */
function idTokens(cache: MsalCache, owner: CacheOwner): readonly Entity[] {
  return grouped(ownOf(cache.IdToken, owner, 'IdToken'), (token) =>
    [field(token, 'home_account_id'), field(token, 'realm').toLowerCase()].join(' '),
  ).map((same) => greatest(same, (token) => Number(claimsOf(field(token, 'secret'))?.['iat']) || 0));
}

/**
 * At most one: MSAL Node asks for that of the client, finds each under any name of the cloud, and fails when there are
 * two. A family id would make it look for a refresh token that Microsoft's own apps share.
 */
function appMetadata(cache: MsalCache, owner: CacheOwner): Entities {
  const isThere = Object.values(cache.AppMetadata).some(
    (metadata) => isOwn(metadata, owner) && field(metadata, 'family_id') === '',
  );
  if (!isThere) return {};
  const { clientId, cacheHost: environment } = owner;
  return { [`appmetadata-${environment}-${clientId}`.toLowerCase()]: { client_id: clientId, environment } };
}

function ownOf(entities: Entities, owner: CacheOwner, credentialType: string): readonly Entity[] {
  return Object.values(entities)
    .filter((entity) => isOwn(entity, owner))
    .map((entity) => ({
      ...entity,
      environment: owner.cacheHost,
      credential_type: credentialType,
      client_id: owner.clientId,
    }));
}

/** True for what belongs to the client and the authority, whatever name the authority's cloud goes by. */
export function isOwn(entity: Entity, owner: CacheOwner): boolean {
  return isOfHost(entity, owner) && field(entity, 'client_id').toLowerCase() === owner.clientId.toLowerCase();
}

export function isOfHost(entity: Entity, { cacheHosts }: CacheOwner): boolean {
  return cacheHosts.includes(field(entity, 'environment').toLowerCase());
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): readonly (readonly [T, ...T[]])[] {
  const groups = new Map<string, [T, ...T[]]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return [...groups.values()];
}

/** The last of those that are equal: MSALs write what is new at the end. */
function greatest(
  [first, ...others]: readonly [Entity, ...Entity[]],
  size: (entity: Entity) => number,
): Entity {
  return others.reduce((best, entity) => (size(entity) >= size(best) ? entity : best), first);
}
