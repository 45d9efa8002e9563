import type { Keepsake, SaveOutcome, SignInStore } from '../cache/sign-in-store.ts';
import { type Clock, seconds } from '../clock.ts';
import { diesUnused } from '../times.ts';
import type { AccessTokens } from '../token/token-request.ts';
import { withGrace } from './cancellation.ts';
import type { Log } from './log.ts';

/** How a run that was cancelled still finishes saving: a sign-in cannot be won again. */
const grace = seconds(5);

/**
 * Saves to each store that needs it. A save that fails is a warning that says what follows.
 * @param known `refreshedAt`: milliseconds since the epoch; 0 where it is not known
 * @returns the stores that were written
 */
export async function saveSignIn(
  stores: readonly SignInStore[],
  signIn: AccessTokens,
  known: Pick<Keepsake, 'refreshedAt' | 'details'>,
  signal: AbortSignal,
  clock: Clock,
  log: Log,
): Promise<readonly SignInStore[]> {
  const keepsake: Keepsake = {
    cache: signIn.cache,
    homeAccountId: signIn.account.homeAccountId,
    ...known,
    precious: signIn.source === 'sign-in',
  };
  const { refreshedAt } = keepsake;
  const end = withGrace(signal, grace);
  const outcomes = await Promise.all(
    stores.map(async (store) => ({ store, outcome: await store.save(keepsake, end) })),
  );

  const saved = outcomes.filter(({ outcome }) => outcome.is === 'saved').map(({ store }) => store);
  const kept = outcomes.filter(({ outcome }) => outcome.is !== 'failed').map(({ store }) => store);
  for (const { store, outcome } of outcomes) {
    if (outcome.is === 'saved' && outcome.remark) log.warning(outcome.remark);
    if (outcome.is === 'failed')
      log.warning(
        [...whatFailed(store, outcome), whatFollows(kept, keepsake, refreshedAt || clock.now())].join(' '),
      );
  }
  return saved;
}

function whatFailed(store: SignInStore, { reason, fix }: SaveOutcome & { readonly is: 'failed' }): string[] {
  const failed = `The sign-in could not be saved to ${store.title}: ${reason}.`;
  return fix ? [failed, `What to do: ${fix}.`] : [failed];
}

function whatFollows(kept: readonly SignInStore[], { precious }: Keepsake, refreshedAt: number): string {
  if (kept.length > 0) return `It is kept in ${inWords(kept)} all the same.`;
  return precious
    ? 'The next run will ask for a sign-in again.'
    : `What was stored before stays as it is; unused, that sign-in dies 90 days after its last refresh, on ${diesUnused(refreshedAt)} at the latest.`;
}

/** "the workflow cache and the secret NAME" */
export function inWords(stores: readonly SignInStore[]): string {
  return stores.map(({ title }) => title).join(' and ');
}
