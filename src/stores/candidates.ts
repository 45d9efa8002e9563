import { homeAccountIds } from '../msal-cache/msal-cache.ts';
import type { StoredSignIn } from './sign-in-store.ts';

/**
 * The order in which stored sign-ins are tried: the last refreshed first, a plain cache (which has no date) last. When any
 * account will do and the input holds other people than the other stores, the input goes first: someone chose it.
 * @param account the input `account`; empty for any
 */
export function orderCandidates(
  signIns: readonly StoredSignIn[],
  account: string,
): { readonly candidates: readonly StoredSignIn[]; readonly inputWins: boolean } {
  const byDate = [...signIns].sort((a, b) => (b.record.refreshedAt ?? 0) - (a.record.refreshedAt ?? 0));
  const input = byDate.find(({ isInput }) => isInput);
  if (!input || account !== '') return { candidates: byDate, inputWins: false };

  const chosen = new Set(homeAccountIds(input.record.cache));
  const inputWins = byDate.some(
    ({ isInput, record }) => !isInput && homeAccountIds(record.cache).some((id) => !chosen.has(id)),
  );
  const candidates = inputWins ? [input, ...byDate.filter(({ isInput }) => !isInput)] : byDate;
  return { candidates, inputWins };
}
