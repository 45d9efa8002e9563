import { type Clock, seconds } from '../clock.ts';
import { holdsSignIn } from '../msal-cache/holds-sign-in.ts';
import { holdsRefreshToken, type MsalCache, parseMsalCache } from '../msal-cache/msal-cache.ts';
import {
  failedIfThrown,
  type Keepsake,
  type SaveOutcome,
  type SignInStore,
} from '../stores/sign-in-store.ts';
import { joined, type PlainText, plain } from '../text/plain-text.ts';
import { diesUnused } from '../text/times.ts';
import type { AccessTokens } from '../token/token-request.ts';
import type { Log } from './log.ts';

// Each store has a bound of its own, 90 s after a sign-in and 15 s otherwise. These hold where a store does not keep it.
const longestSave = seconds(100);
const longestUsualSave = seconds(20);
/** The store hears of the end of a cancelled run first, and may say more. */
const lastWord = 250;

/**
 * Saves to each store that needs it: the one place through which all saves of a step go. A save that fails, in whatever
 * way, is a warning that says what follows. Nothing is written that is not the sign-in of the account it is saved for.
 * @param known `refreshedAt`: milliseconds since the epoch; 0 where it is not known
 * @param deadline aborted when a cancelled run has no time left
 * @returns the stores that were written
 */
export async function saveSignIn(
  stores: readonly SignInStore[],
  signIn: AccessTokens,
  known: Pick<Keepsake, 'refreshedAt' | 'details' | 'isPartial'>,
  deadline: AbortSignal,
  clock: Clock,
  log: Pick<Log, 'warning'>,
): Promise<readonly SignInStore[]> {
  const cache = parse(signIn.cache);
  if (!cache || !holdsSignIn(cache, signIn.account.homeAccountId)) {
    const warning = heldBack(signIn, cache, stores);
    if (warning) log.warning(warning);
    return [];
  }
  const keepsake: Keepsake = {
    cache: signIn.cache,
    homeAccountId: signIn.account.homeAccountId,
    ...known,
    precious: signIn.source === 'sign-in',
  };
  const { refreshedAt } = keepsake;
  const outcomes = await Promise.all(
    stores.map(async (store) => ({ store, outcome: await saveWithin(store, keepsake, deadline) })),
  );

  const saved = outcomes.filter(({ outcome }) => outcome.is === 'saved').map(({ store }) => store);
  const kept = outcomes.filter(({ outcome }) => outcome.is !== 'failed').map(({ store }) => store);
  for (const { store, outcome } of outcomes) {
    if (outcome.is === 'saved' && outcome.remark) log.warning(outcome.remark);
    if (outcome.is === 'failed')
      log.warning(
        joined(
          [...whatFailed(store, outcome), whatFollows(kept, keepsake, refreshedAt || clock.now())],
          plain` `,
        ),
      );
  }
  return saved;
}

/** The warning about a sign-in that is held back from every store; undefined where nothing would have been written. */
function heldBack(
  { source }: AccessTokens,
  cache: MsalCache | undefined,
  stores: readonly SignInStore[],
): PlainText | undefined {
  const isNew = source === 'sign-in';
  if (isNew && cache && Object.keys(cache.Account).length > 0 && !holdsRefreshToken(cache))
    return plain`Entra gave no refresh token with this sign-in (the scope offline_access was not granted): the next run will ask again.`;
  if (stores.length === 0) return undefined;
  const follows = isNew
    ? plain`The next run asks for a sign-in again, unless an earlier one works.`
    : plain`The next run uses it.`;
  return plain`The sign-in was not saved: the account of this run, or a refresh token for it, is missing. What was stored before stays as it is. ${follows}`;
}

/** What the parser says quotes nothing, and tells nobody anything here. */
function parse(cache: string): MsalCache | undefined {
  try {
    return parseMsalCache(cache);
  } catch {
    return undefined;
  }
}

/** Comes to an end also where the store neither does nor heeds the deadline. */
async function saveWithin(
  store: SignInStore,
  keepsake: Keepsake,
  deadline: AbortSignal,
): Promise<SaveOutcome> {
  const limit = keepsake.precious ? longestSave : longestUsualSave;
  const ended = Promise.withResolvers<SaveOutcome>();
  const giveUp = (after: number, reason: PlainText): NodeJS.Timeout =>
    setTimeout(() => ended.resolve({ is: 'failed', reason }), after);
  const timers = [giveUp(limit, plain`it did not end within ${limit / 1000} s`)];
  const stop = (): void =>
    void timers.push(giveUp(lastWord, plain`the run was cancelled before it had ended`));
  if (deadline.aborted) stop();
  else deadline.addEventListener('abort', stop, { once: true });
  try {
    return await Promise.race([failedIfThrown(() => store.save(keepsake, deadline)), ended.promise]);
  } finally {
    timers.forEach(clearTimeout);
    deadline.removeEventListener('abort', stop);
  }
}

function whatFailed(
  store: SignInStore,
  { reason, fix }: SaveOutcome & { readonly is: 'failed' },
): PlainText[] {
  const failed = plain`The sign-in could not be saved to ${store.title}: ${reason}.`;
  return fix ? [failed, plain`What to do: ${fix}.`] : [failed];
}

function whatFollows(kept: readonly SignInStore[], { precious }: Keepsake, refreshedAt: number): PlainText {
  if (kept.length > 0) return plain`It is kept in ${inWords(kept)} all the same.`;
  return precious
    ? plain`The next run will ask for a sign-in again.`
    : plain`What was stored before stays as it is; unused, that sign-in dies 90 days after its last refresh, on ${diesUnused(refreshedAt)} at the latest.`;
}

/** "the workflow cache and the secret NAME" */
export function inWords(stores: readonly SignInStore[]): PlainText {
  return joined(
    stores.map(({ title }) => title),
    plain` and `,
  );
}
