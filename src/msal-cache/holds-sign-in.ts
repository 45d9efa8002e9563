import { field, type MsalCache, onlyAccount } from './msal-cache.ts';

/**
 * True for a cache with which a later run can go on as this account: it holds the account, and a refresh token of it that
 * is not empty. Anything less, written over a stored sign-in, would destroy it.
 */
export function holdsSignIn(cache: MsalCache, homeAccountId: string): boolean {
  if (homeAccountId === '') return false;
  const { Account, RefreshToken } = onlyAccount(cache, homeAccountId);
  return (
    Object.keys(Account).length > 0 &&
    Object.values(RefreshToken).some((token) => field(token, 'secret').trim() !== '')
  );
}
