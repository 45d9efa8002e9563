import type { Authority } from './authority.ts';

/**
 * Lower case for A to Z, and for nothing else: outside ASCII other letters have the same lower case (U+212A, the sign of
 * the kelvin, is a `k` there), and would make two names one.
 */
export function lowerAscii(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/** Compares without case over ASCII. */
export function sameName(one: string, other: string): boolean {
  return lowerAscii(one) === lowerAscii(other);
}

/** The form of a home account id of Entra: the object's GUID, a dot, the home tenant's GUID. */
export function isHomeAccountIdOfEntra(text: string): boolean {
  return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(
    text,
  );
}

/**
 * True when `account` is a name and not an id. On Entra's clouds an id has one form; elsewhere it may have any form, and
 * a text with an `@` counts as a name.
 */
export function isAccountName(account: string, { wellKnown }: Pick<Authority, 'wellKnown'>): boolean {
  return account.includes('@') || (wellKnown && account !== '' && !isHomeAccountIdOfEntra(account));
}

/**
 * One spelling for all spellings of `account` that mean the same: names, and ids of Entra's form, are compared without
 * case. Every other id is the `sub` of an id token, which is compared exactly.
 * @see https://openid.net/specs/openid-connect-core-1_0.html#IDToken
 */
export function canonicalAccount(account: string, authority: Pick<Authority, 'wellKnown'>): string {
  const ignoresCase = isAccountName(account, authority) || isHomeAccountIdOfEntra(account);
  return ignoresCase ? lowerAscii(account) : account;
}
