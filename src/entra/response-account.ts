import { Failure } from '../failure.ts';
import type { Authority } from './authority.ts';
import { partsOf, sameHomeAccountId } from './home-account-id.ts';
import type { SignedInAccount } from './signed-in-account.ts';
import { requestedTenant } from './tenant.ts';
import { adaptAdvice } from './tenant-advice.ts';
import type { ClientInfo, IdTokenClaims, NamedAccount, Readable } from './token-response.ts';

/** The account that a token response is of. */
export interface ResponseAccount extends SignedInAccount {
  /** The `tid` of its ID token; undefined without one. */
  readonly tenant: string | undefined;
}

/**
 * Whose tokens a refresh gave: the account that was asked for, with what the response says of it. A response that names
 * somebody must name that account, by each name that it gives; one that names nobody is that account's.
 * @param stored the claims of the account's ID tokens in the cache
 * @throws {Failure} `wrong-account` when it names another account, `entra-refused` when it does not say clearly whom
 * @see https://openid.net/specs/openid-connect-core-1_0.html#RefreshTokenResponse
 */
export function accountOfRefresh(
  response: NamedAccount,
  { asked, stored }: { readonly asked: SignedInAccount; readonly stored: readonly IdTokenClaims[] },
  authority: Authority,
): ResponseAccount {
  const names = namesThatCount(response, authority);
  refuseUnreadable(names, authority);
  const claims = claimsOf(names.idToken);
  if (names.clientInfo.kind === 'absent' && names.idToken.kind === 'absent')
    return { ...asked, tenant: undefined };
  const { homeAccountId } = asked;
  const comparisons = compare(names, { homeAccountId, stored }, authority);
  if (comparisons.includes(false)) throw namesAnotherAccount();
  if (comparisons.length === 0) throw unclear();
  return {
    homeAccountId,
    username: claims.username ?? asked.username,
    tenant: tenantIn(claims, homeAccountId, authority),
  };
}

/**
 * Who signed in.
 * @throws {Failure} `entra-refused` when the response does not say, or says it unclearly
 */
export function accountOfSignIn(response: NamedAccount, authority: Authority): ResponseAccount {
  const names = namesThatCount(response, authority);
  refuseUnreadable(names, authority);
  const claims = claimsOf(names.idToken);
  const { clientInfo } = names;
  const homeAccountId =
    clientInfo.kind === 'value' ? idIn(clientInfo.value) : authority.wellKnown ? undefined : claims.sub;
  if (homeAccountId === undefined) throw namesNobody();
  if (compare(names, { homeAccountId, stored: [] }, authority).includes(false)) throw unclear();
  return {
    homeAccountId,
    username: claims.username ?? '',
    tenant: tenantIn(claims, homeAccountId, authority),
  };
}

/** As MSAL has it: on AD FS `client_info` does not count. */
function namesThatCount({ clientInfo, idToken }: NamedAccount, authority: Authority): NamedAccount {
  return { clientInfo: isAdfs(authority) ? { kind: 'absent' } : clientInfo, idToken };
}

/** For each name in a response that can be compared, whether it is the account's. */
function compare(
  { clientInfo, idToken }: NamedAccount,
  { homeAccountId, stored }: { readonly homeAccountId: string; readonly stored: readonly IdTokenClaims[] },
  { wellKnown }: Authority,
): readonly boolean[] {
  const { sub, oid, tid } = claimsOf(idToken);
  const comparisons: boolean[] = [];
  // Outside Entra's clouds the account's id is the `sub` where no client_info came with the sign-in.
  const isSub = !wellKnown && sub === homeAccountId;
  if (isSub) comparisons.push(true);
  if (clientInfo.kind === 'value' && !isSub)
    comparisons.push(sameHomeAccountId(idIn(clientInfo.value), homeAccountId));
  // At Entra a person has another `sub` in each tenant, and at home the object id of the account.
  const ofSameTenant = stored.find(
    (claims) => claims.sub !== undefined && (!wellKnown || claims.tid === tid),
  );
  if (sub !== undefined && ofSameTenant && !isSub) comparisons.push(sub === ofSameTenant.sub);
  const home = wellKnown ? partsOf(homeAccountId) : undefined;
  if (home && oid !== undefined && tid?.toLowerCase() === home.utid.toLowerCase())
    comparisons.push(oid.toLowerCase() === home.uid.toLowerCase());
  return comparisons;
}

function isAdfs({ wellKnown, tenant }: Authority): boolean {
  return !wellKnown && tenant === 'adfs';
}

function claimsOf(idToken: Readable<IdTokenClaims>): IdTokenClaims {
  return idToken.kind === 'value' ? idToken.value : {};
}

/** The home account id in a client_info. */
function idIn({ uid, utid }: ClientInfo): string {
  return `${uid}.${utid}`;
}

/** @throws {Failure} when Entra's response is of another tenant than the one that was asked for */
function tenantIn({ tid }: IdTokenClaims, homeAccountId: string, authority: Authority): string | undefined {
  // What a domain stands for is what the authority says of it now.
  const wanted = requestedTenant(authority, homeAccountId, undefined);
  if (tid !== undefined && wanted !== undefined && tid.toLowerCase() !== wanted)
    throw isOfAnotherTenant(wanted, authority);
  return tid?.toLowerCase();
}

function refuseUnreadable({ clientInfo, idToken }: NamedAccount, { wellKnown }: Authority): void {
  const isUnclear =
    clientInfo.kind === 'unreadable' ||
    idToken.kind === 'unreadable' ||
    (wellKnown &&
      idToken.kind === 'value' &&
      (clientInfo.kind === 'absent' || idToken.value.tid === undefined));
  if (isUnclear) throw unclear();
}

function unclear(): Failure {
  return new Failure('entra-refused', {
    what: 'The token response does not say clearly whose token it holds. The token was not used, and nothing was saved.',
    why: 'its ID token or its client_info is missing, cannot be read or compared, or they name different accounts.',
    fix: 'run again in a few minutes. If it happens again, report it to whoever runs the server.',
  });
}

function namesAnotherAccount(): Failure {
  return new Failure('wrong-account', {
    what: 'The token response names another account than the one that was asked for. The token was not used, and nothing was saved.',
    why: 'the server responded to the refresh token of one account with tokens of another.',
    fix: 'do not sign in again before this is understood: report it to whoever runs the server, or a proxy in front of it.',
  });
}

function isOfAnotherTenant(wanted: string, authority: Authority): Failure {
  return new Failure('entra-refused', {
    what: 'The token response is of another tenant than the one that was asked for. The token was not used, and nothing was saved.',
    why: `the token must be of the tenant ${wanted}.`,
    fix: adaptAdvice(
      'check tenant-id, and run again. If it happens again, report it to whoever runs the server.',
      authority,
    ),
  });
}

function namesNobody(): Failure {
  return new Failure('entra-refused', {
    what: 'The server did not say who signed in. Nothing was output or saved.',
    why: 'its response holds no ID token, and no client_info.',
    fix: 'ask whoever runs the server to let this client have the scope openid, and run again.',
  });
}

/** The failure of a run whose tokens were issued by two tenants. */
export function tokensOfTwoTenants(authority: Authority): Failure {
  return new Failure('entra-refused', {
    what: 'The tokens of this run are of two tenants. None was output.',
    why: 'the server named another tenant for one resource than for the one before it.',
    fix: adaptAdvice('set tenant-id to the GUID of the tenant, and run again.', authority),
  });
}
