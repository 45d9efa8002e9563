import type { Authority } from '../entra/authority.ts';
import { placeholderDocument } from '../entra/discovery.ts';
import { areGraphScopes, areOpenIdScopes } from '../entra/scopes.ts';
import { isRealmOf } from '../entra/tenant.ts';
import { type Entity, field, type MsalCache } from '../msal-cache/msal-cache.ts';
import { entriesOf, type StoredAccount } from '../msal-cache/stored-account.ts';
import { createApplication } from './application.ts';
import { NetworkClient } from './network-client.ts';
import type { TokenRequest } from './token-request.ts';

/** An access token out of a cache. */
export interface CachedToken {
  readonly accessToken: string;
  readonly expiresOn: Date;
  readonly scopes: readonly string[];
  /** The realm of its entry: a tenant, or what the authority has in its place. */
  readonly realm: string;
}

/** Where a cached token must be from. */
interface Lookup extends Pick<TokenRequest, 'clientId' | 'authority'> {
  /** Of one resource. */
  readonly scopes: readonly string[];
  /** The tenant that this authority's own responses have named. */
  readonly named: string | undefined;
}

// Each is an application of its own.
const mostLookups = 50;

/** Ends MSAL's request for a refresh, where only the cache is searched. */
class NotInCache extends Error {
  override readonly name = 'NotInCache';
}

/**
 * The account's cached access token for a resource, as MSAL finds it; undefined when the cache holds none that is valid
 * for five minutes more. No request is made, whatever the authority.
 *
 * MSAL looks tokens up by the account's tenant, not by the authority. So it is given only those that the authority would
 * give now, under one realm.
 */
export async function findCachedToken(
  { homeAccountId }: StoredAccount,
  cache: MsalCache,
  lookup: Lookup,
): Promise<CachedToken | undefined> {
  const { scopes, authority, named } = lookup;
  const tokens = entriesOf(cache.AccessToken, homeAccountId)
    .filter((token) => isRealmOf(field(token, 'realm'), authority, { homeAccountId, named }))
    // MSAL would take the token of any resource for a request that names none.
    .filter((token) => !areOpenIdScopes(scopes) || areGraphScopes(scopesOf(token), authority))
    .sort((a, b) => seconds(b) - seconds(a));
  // Of several that match MSAL takes none, and forgets them all; the one that lasts longest is as good as any.
  const attempts =
    tokens.length > 1 ? [tokens, ...tokens.slice(0, mostLookups).map((token) => [token])] : [tokens];
  for (const attempt of attempts) {
    const found = await lookUp(homeAccountId, attempt, lookup);
    if (found) return found;
  }
  return undefined;
}

const scopesOf = (token: Entity): readonly string[] =>
  field(token, 'target')
    .split(' ')
    .filter((scope) => scope !== '');

const seconds = ({ expires_on: expiresOn }: Entity): number => Number(expiresOn) || 0;

async function lookUp(
  homeAccountId: string,
  tokens: readonly Entity[],
  { clientId, authority, scopes }: Lookup,
): Promise<CachedToken | undefined> {
  if (tokens.length === 0) return undefined;
  const client = new NetworkClient(
    () => Promise.reject(new NotInCache()),
    () => undefined,
  );
  const application = createApplication({ clientId, authority }, client, {
    cache: JSON.stringify({ AccessToken: withRealm(tokens, authority) }),
    ...(!authority.wellKnown && { discovery: placeholderDocument(authority) }),
  });
  const account = {
    homeAccountId,
    environment: authority.cacheHost,
    tenantId: authority.tenant,
    username: '',
    localAccountId: '',
  };
  try {
    const { accessToken, expiresOn } = await application.acquireTokenSilent({
      account,
      scopes: [...scopes],
    });
    const token = tokens.find((entity) => field(entity, 'secret') === accessToken);
    return token && expiresOn
      ? { accessToken, expiresOn, scopes: scopesOf(token), realm: field(token, 'realm') }
      : undefined;
  } catch {
    // The cache has none, or it must be refreshed, and this application has no refresh token and no network.
    return undefined;
  }
}

/** Keyed as MSAL Node keys them, with the authority's segment as the realm, and without a time for an early refresh. */
function withRealm(
  tokens: readonly Entity[],
  { tenant, cacheHost }: Authority,
): Readonly<Record<string, Entity>> {
  return Object.fromEntries(
    tokens.map(({ refresh_on: _, ...token }, index): [string, Entity] => {
      const [home, client] = [field(token, 'home_account_id'), field(token, 'client_id')];
      const target = withOpenIdScopes(scopesOf(token)).join(' ');
      const key = [home, cacheHost, 'accesstoken', client, tenant, target, String(index)].join('-');
      return [
        key.toLowerCase(),
        { ...token, credential_type: 'AccessToken', environment: cacheHost, realm: tenant, target },
      ];
    }),
  );
}

/**
 * MSAL looks for `openid` and `profile` where nothing else is asked for, and a server may have granted one of them alone:
 * then its token would be fetched again in each run.
 */
function withOpenIdScopes(scopes: readonly string[]): readonly string[] {
  return areOpenIdScopes(scopes) ? [...new Set([...scopes, 'openid', 'profile'])] : scopes;
}
