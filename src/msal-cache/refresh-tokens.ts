import { sameHomeAccountId } from '../entra/home-account-id.ts';
import { type Entities, type Entity, field } from './entity.ts';
import { keyOfRefreshToken } from './msal-node-keys.ts';

/**
 * The refresh tokens of one account that may be good, each secret once, in the order in which to try them: the newest
 * first; then those without a date, since one of them may be newer still, that of MSAL Node's own key before the rest.
 */
export function refreshTokensOf(
  cache: { readonly RefreshToken: Entities },
  homeAccountId: string,
): readonly Entity[] {
  const own = Object.entries(cache.RefreshToken).filter(([, token]) =>
    sameHomeAccountId(field(token, 'home_account_id'), homeAccountId),
  );
  return orderRefreshTokens(own);
}

/** {@link refreshTokensOf}, for tokens that are all of one account. */
export function orderRefreshTokens(
  tokens: readonly (readonly [key: string, token: Entity])[],
): readonly Entity[] {
  const ordered = tokens
    .filter(([, token]) => field(token, 'secret') !== '')
    .map(([key, token]) => ({ token, date: dateOf(token), isNodes: key === keyOfRefreshToken(token) }))
    .sort((a, b) => b.date - a.date || Number(b.isNodes) - Number(a.isNodes));
  const newest = ordered[0]?.date ?? undated;
  const perhapsGood = ordered.filter(({ date }) => date === newest || date === undated);
  const bySecret = new Map<string, Entity>();
  for (const { token } of perhapsGood)
    if (!bySecret.has(field(token, 'secret'))) bySecret.set(field(token, 'secret'), token);
  return [...bySecret.values()];
}

const undated = -1;

/** Seconds since the epoch. MSAL for Python tells when a refresh token came; MSAL for Node, Go, .NET and Java do not. */
function dateOf(token: Entity): number {
  const time = field(token, 'last_modification_time');
  return time === '' ? undated : Number(time);
}
