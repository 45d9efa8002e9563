import { type PlainText, plain } from '../text/plain-text.ts';
import { type Authority, personalTenant } from './authority.ts';
import { partsOf } from './home-account-id.ts';

const guid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The home tenant in an account id of Entra's clouds (`oid.tenant`); undefined in every other id. */
export function homeTenantOf(homeAccountId: string): string | undefined {
  return partsOf(homeAccountId)?.utid.toLowerCase();
}

/** True for a personal Microsoft account. */
export function isPersonal(homeAccountId: string): boolean {
  return homeTenantOf(homeAccountId) === personalTenant;
}

/**
 * The tenant whose token is asked for, as a GUID, on one of Entra's clouds. `organizations` and `common` give a token of
 * the person's home tenant.
 * @param named the tenant that this authority's own responses have named: a domain is known as a GUID by that alone
 * @returns undefined where it is not known, and on authorities outside Entra's clouds
 */
export function requestedTenant(
  { wellKnown, tenant }: Authority,
  homeAccountId: string,
  named: string | undefined,
): string | undefined {
  if (!wellKnown) return undefined;
  if (guid.test(tenant)) return tenant;
  if (tenant === 'consumers') return personalTenant;
  if (tenant === 'organizations' || tenant === 'common') return homeTenantOf(homeAccountId);
  return named?.toLowerCase();
}

/**
 * True when a cached access token, filed under a realm, is one that the authority would give now. Outside Entra's clouds
 * the realm is the segment in the authority's path, the `tid` of its own responses, or empty.
 */
export function isRealmOf(
  realm: string,
  authority: Authority,
  { homeAccountId, named }: { readonly homeAccountId: string; readonly named: string | undefined },
): boolean {
  const wanted = authority.wellKnown
    ? [requestedTenant(authority, homeAccountId, named)]
    : [authority.tenant, named?.toLowerCase(), ''];
  return wanted.includes(realm.toLowerCase());
}

/**
 * Why this kind of account gets no token at the authority, in words that complete "it is …"; undefined when it may.
 * @see https://learn.microsoft.com/entra/identity-platform/msal-client-application-configuration#authority
 */
export function findUnsuitability(
  { wellKnown, tenant }: Authority,
  homeAccountId: string,
): PlainText | undefined {
  if (!wellKnown) return undefined;
  if (homeTenantOf(homeAccountId) === undefined)
    return plain`an account of a server other than Microsoft Entra`;
  if (tenant === 'organizations' && isPersonal(homeAccountId))
    return plain`a personal account, and "organizations" is for work and school accounts`;
  if ((tenant === 'consumers' || tenant === personalTenant) && !isPersonal(homeAccountId))
    return plain`a work or school account, and "consumers" is for personal accounts`;
  return undefined;
}

/** A realm as a tenant id; empty where it is none, as the `adfs` of AD FS. */
export function tenantIn(realm: string): string {
  return guid.test(realm.toLowerCase()) ? realm.toLowerCase() : '';
}
