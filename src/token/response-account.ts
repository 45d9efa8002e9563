import { Failure } from '../failure.ts';
import { sameHomeAccountId } from '../msal-cache/home-account-id.ts';
import type { StoredAccount } from '../msal-cache/stored-account.ts';
import type { Authority } from './authority.ts';
import { requestedTenant } from './tenant.ts';
import type { IdTokenClaims, NamedAccount, Readable } from './token-response.ts';

/** The account that a token response is of. */
export interface ResponseAccount extends StoredAccount {
  /** The `tid` of its ID token; undefined without one. */
  readonly tenant: string | undefined;
}

/**
 * Whose tokens a refresh gave: the account that was asked for, with what the response says of it. A response that names
 * somebody must name that account; one that names nobody is that account's.
 * @param storedSub `sub` of the account's ID token in the cache; undefined without one
 * @throws {Failure} `wrong-account` when it names another account, `entra-refused` when it does not say clearly whom
 * @see https://openid.net/specs/openid-connect-core-1_0.html#RefreshTokenResponse
 */
export function accountOfRefresh(
  names: NamedAccount,
  asked: StoredAccount,
  storedSub: string | undefined,
  authority: Authority,
): ResponseAccount {
  refuseUnreadable(names, authority);
  const { clientInfo, idToken } = names;
  const claims = claimsOf(idToken);
  if (clientInfo === 'absent' && idToken === 'absent') return { ...asked, tenant: undefined };
  if (!isOf(names, asked, storedSub, authority)) throw namesAnotherAccount();
  const { homeAccountId } = asked;
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
export function accountOfSignIn(names: NamedAccount, authority: Authority): ResponseAccount {
  refuseUnreadable(names, authority);
  const claims = claimsOf(names.idToken);
  const homeAccountId = homeAccountIdIn(names, authority);
  if (homeAccountId === undefined) throw namesNobody();
  return {
    homeAccountId,
    username: claims.username ?? '',
    tenant: tenantIn(claims, homeAccountId, authority),
  };
}

/** As MSAL makes it: AD FS sends no `client_info` that counts, and where there is none it is the `sub`. */
function homeAccountIdIn({ clientInfo, idToken }: NamedAccount, authority: Authority): string | undefined {
  if (typeof clientInfo === 'object' && !isAdfs(authority)) return `${clientInfo.uid}.${clientInfo.utid}`;
  return authority.wellKnown ? undefined : claimsOf(idToken).sub;
}

function isOf(
  { clientInfo, idToken }: NamedAccount,
  { homeAccountId }: StoredAccount,
  storedSub: string | undefined,
  authority: Authority,
): boolean {
  const { sub } = claimsOf(idToken);
  const byClientInfo =
    typeof clientInfo === 'object' &&
    sameHomeAccountId(`${clientInfo.uid}.${clientInfo.utid}`, homeAccountId);
  if (authority.wellKnown) return byClientInfo;
  // There the account's id is the `sub` where the server sends no client_info, or sent none at the time of the sign-in.
  if (sub !== undefined && sub === homeAccountId) return true;
  const isSameSub = sub === undefined || storedSub === undefined ? undefined : sub === storedSub;
  return clientInfo === 'absent' ? isSameSub === true : byClientInfo && isSameSub !== false;
}

function isAdfs({ wellKnown, tenant }: Authority): boolean {
  return !wellKnown && tenant === 'adfs';
}

function claimsOf(idToken: Readable<IdTokenClaims>): IdTokenClaims {
  return typeof idToken === 'object' ? idToken : {};
}

/** @throws {Failure} when Entra's response is of another tenant than the one that was asked for */
function tenantIn({ tid }: IdTokenClaims, homeAccountId: string, authority: Authority): string | undefined {
  // What a domain stands for is what the authority says of it now.
  const wanted = requestedTenant(authority, homeAccountId, undefined);
  if (tid !== undefined && wanted !== undefined && tid.toLowerCase() !== wanted)
    throw isOfAnotherTenant(wanted);
  return tid?.toLowerCase();
}

function refuseUnreadable({ clientInfo, idToken }: NamedAccount, { wellKnown }: Authority): void {
  const isUnclear =
    clientInfo === 'unreadable' ||
    idToken === 'unreadable' ||
    (wellKnown && typeof idToken === 'object' && (clientInfo === 'absent' || idToken.tid === undefined));
  if (!isUnclear) return;
  throw new Failure('entra-refused', {
    what: 'The token response does not say clearly whose token it holds. The token was not used, and nothing was saved.',
    why: 'its ID token or its client_info is missing or cannot be read.',
    fix: 'run again in a few minutes. If it happens again, report it to whoever runs the server.',
  });
}

function namesAnotherAccount(): Failure {
  return new Failure('wrong-account', {
    what: 'The token response names another account than the one that was asked for. The token was not used, and nothing was saved.',
    why: 'the server answered the refresh token of one account with tokens of another.',
    fix: 'do not sign in again before this is understood: report it to whoever runs the server, or a proxy in front of it.',
  });
}

function isOfAnotherTenant(wanted: string): Failure {
  return new Failure('entra-refused', {
    what: 'The token response is of another tenant than the one that was asked for. The token was not used, and nothing was saved.',
    why: `the token must be of the tenant ${wanted}.`,
    fix: 'check tenant-id, and run again. If it happens again, report it to whoever runs the server.',
  });
}

function namesNobody(): Failure {
  return new Failure('entra-refused', {
    what: 'The server did not say who signed in. Nothing was output or saved.',
    why: 'its response holds no ID token, and no client_info.',
    fix: 'ask whoever runs the server to let this client have the scope openid, and run again.',
  });
}
