/**
 * Claims as Entra names them.
 * Source: https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference and
 * https://learn.microsoft.com/entra/identity-platform/id-token-claims-reference
 */
import { createHash } from 'node:crypto';
import { type Account, homeAccountId } from './directory.ts';

export function idTokenClaims(account: Account) {
  return {
    sub: homeAccountId(account),
    oid: account.objectId,
    tid: account.tenantId,
    preferred_username: account.username,
    name: account.displayName,
    ver: '2.0',
  };
}

/** `sub`: another one for each app (OpenID Connect Core section 8.1), so nobody can take it for the account's id. */
export function pairwiseSubject(account: Account, clientId: unknown): string {
  return createHash('sha256')
    .update(`${clientId} ${homeAccountId(account)}`)
    .digest('base64url');
}

/** @param standard the claims of a JWT access token after RFC 9068, as the library makes it. */
export function accessTokenClaims(account: Account, standard: Readonly<Record<string, unknown>>) {
  const { aud, iat, exp, jti, scope, client_id: clientId } = standard;
  return {
    aud,
    iss: `https://sts.windows.net/${account.tenantId}/`,
    iat,
    nbf: iat,
    exp,
    uti: jti,
    appid: clientId,
    appidacr: '0',
    idtyp: 'user',
    name: account.displayName,
    oid: account.objectId,
    scp: scope ?? '',
    sub: pairwiseSubject(account, clientId),
    tid: account.tenantId,
    unique_name: account.username,
    upn: account.username,
    ver: '1.0',
  };
}
