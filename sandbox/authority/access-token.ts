/** Access tokens, from the side of whoever takes them: Graph, a mail server. */
import { type JWTPayload, jwtVerify } from 'jose';
import type { Account } from './directory.ts';
import type { AuthorityState } from './state.ts';

/** What a token that holds says. */
export interface Caller {
  readonly account: Account;
  /** In lower case. */
  readonly permissions: readonly string[];
  readonly claims: JWTPayload;
}

/**
 * Checks signature, type, audience and times (RFC 9068 section 4).
 *
 * @param audience the resource that asks; a token for another is none of its.
 */
export async function verifyAccessToken(
  token: string,
  audience: string,
  { directory, signingKey }: AuthorityState,
): Promise<Caller | undefined> {
  try {
    const { payload } = await jwtVerify(token, signingKey.publicKey, {
      algorithms: ['ES256'],
      typ: 'at+jwt',
      audience,
      requiredClaims: ['exp', 'oid', 'tid', 'scp'],
      currentDate: new Date(),
    });
    const account = directory.account(`${payload['oid']}.${payload['tid']}`);
    const permissions = String(payload['scp']).toLowerCase().split(' ');
    return account && { account, permissions, claims: payload };
  } catch {
    return undefined;
  }
}
