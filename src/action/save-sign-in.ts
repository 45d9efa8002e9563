import { WaitTimeout, within } from '../bounded-wait.ts';
import { seconds } from '../clock.ts';
import { holdsSignIn } from '../msal-cache/holds-sign-in.ts';
import { holdsRefreshToken, type MsalCache, parseMsalCache } from '../msal-cache/msal-cache.ts';
import {
  failedIfThrown,
  type SaveOutcome,
  type SignInStore,
  type SignInToSave,
  type WritableStore,
} from '../stores/sign-in-store.ts';
import { joined, type PlainText, plain } from '../text/plain-text.ts';
import { inactivityExpiry } from '../text/times.ts';
import type { AccessTokens } from '../token/access-tokens.ts';
import type { TokenOutcome } from '../token/token-outcome.ts';
import { withGrace } from './cancellation.ts';
import type { Log } from './log.ts';
import type { SavedSignIn, Step } from './step.ts';

// Each store has limits of its own, 90 s after a sign-in and 15 s otherwise. These apply if a store exceeds them.
const newSignInLimit = seconds(100);
const saveLimit = seconds(20);
/** Milliseconds. */
const graceAfterDeadline = 250;

type SavingStep = Pick<Step, 'deadline' | 'clock' | 'saving'> & { readonly log: Pick<Log, 'warning'> };

/** Saves what is new in an outcome, even if the outcome is not a success. */
export async function saveOutcome(
  outcome: TokenOutcome,
  stores: readonly WritableStore[],
  step: SavingStep,
): Promise<SavedSignIn> {
  const signIn = outcome.kind === 'tokens' ? outcome.signIn : outcome.obtained;
  if (!signIn) return { stores: [], refreshedAt: 0 };
  return step.saving(saveSignIn({ signIn, isPartial: outcome.kind !== 'tokens' }, stores, step));
}

/**
 * Saves to each store that needs it: the one place through which all saves of a step go. A save that fails, in whatever
 * way, is a warning that says what follows. Nothing is written that is not the sign-in of the account it is saved for.
 */
export async function saveSignIn(
  { signIn, isPartial }: { readonly signIn: AccessTokens; readonly isPartial: boolean },
  stores: readonly WritableStore[],
  { deadline, clock, log }: Omit<SavingStep, 'saving'>,
): Promise<SavedSignIn> {
  const { source, candidate, account } = signIn;
  // A plain cache does not tell when it was refreshed.
  const refreshedAt = source === 'cache' ? (candidate?.refreshedAt ?? 0) : clock.now();
  const cache = parse(signIn.cache);
  if (!cache || !holdsSignIn(cache, account.homeAccountId)) {
    const warning = notSavedWarning(signIn, cache, stores);
    if (warning) log.warning(warning);
    return { stores: [], refreshedAt };
  }
  const isNewSignIn = source === 'sign-in';
  const signedInAt = isNewSignIn ? clock.now() : signIn.details.signedInAt;
  const toSave: SignInToSave = {
    cache: signIn.cache,
    homeAccountId: account.homeAccountId,
    refreshedAt,
    details: { ...signIn.details, signedInAt },
    isNewSignIn,
    isPartial,
  };
  const outcomes = await Promise.all(
    stores.map(async (store) => ({ store, outcome: await saveWithin(store, toSave, deadline) })),
  );

  const current = outcomes.filter(({ outcome }) => outcome.kind !== 'failed').map(({ store }) => store);
  for (const { store, outcome } of outcomes) {
    if (outcome.kind === 'saved' && outcome.remark) log.warning(outcome.remark);
    if (outcome.kind === 'failed')
      log.warning(
        joined(
          [...formatFailedSave(store, outcome), formatConsequence(current, toSave, clock.now())],
          plain` `,
        ),
      );
  }
  const written = outcomes.filter(({ outcome }) => outcome.kind === 'saved').map(({ store }) => store);
  return { stores: written, refreshedAt };
}

/** The warning about a sign-in that is held back from every store; undefined where nothing would have been written. */
function notSavedWarning(
  { source }: AccessTokens,
  cache: MsalCache | undefined,
  stores: readonly SignInStore[],
): PlainText | undefined {
  const isNew = source === 'sign-in';
  if (isNew && cache && Object.keys(cache.Account).length > 0 && !holdsRefreshToken(cache))
    return plain`Entra returned no refresh token with this sign-in, since the scope offline_access was not granted. The next run will ask for a sign-in again.`;
  if (stores.length === 0) return undefined;
  const follows = isNew
    ? plain`The next run asks for a sign-in again, unless an earlier one works.`
    : plain`The next run uses it.`;
  return plain`The sign-in was not saved: the account of this run, or a refresh token for it, is missing. What was stored before is unchanged. ${follows}`;
}

/** The parser's message would help nobody here. */
function parse(cache: string): MsalCache | undefined {
  try {
    return parseMsalCache(cache);
  } catch {
    return undefined;
  }
}

/** Ends even if the store does not, and if it ignores the deadline. */
async function saveWithin(
  store: WritableStore,
  toSave: SignInToSave,
  deadline: AbortSignal,
): Promise<SaveOutcome> {
  const timeout = toSave.isNewSignIn ? newSignInLimit : saveLimit;
  try {
    // The store hears of the end of a cancelled run first, and may say more.
    const signal = withGrace(deadline, graceAfterDeadline);
    return await within(
      failedIfThrown(() => store.save(toSave, deadline)),
      { timeout, signal },
    );
  } catch (error) {
    const reason =
      error instanceof WaitTimeout
        ? plain`it did not end within ${timeout / 1000} s`
        : plain`the run was cancelled before it finished`;
    return { kind: 'failed', reason };
  }
}

function formatFailedSave(
  store: SignInStore,
  { reason, fix }: SaveOutcome & { readonly kind: 'failed' },
): PlainText[] {
  const failed = plain`The sign-in could not be saved to ${store.title}: ${reason}.`;
  return fix ? [failed, plain`What to do: ${fix}.`] : [failed];
}

function formatConsequence(
  current: readonly SignInStore[],
  { isNewSignIn, refreshedAt }: SignInToSave,
  now: number,
): PlainText {
  if (current.length > 0) return plain`It is still saved in ${formatStores(current)}.`;
  return isNewSignIn
    ? plain`The next run will ask for a sign-in again.`
    : plain`What was stored before is unchanged. If unused, that sign-in expires 90 days after its last refresh, on ${inactivityExpiry(refreshedAt || now)} at the latest.`;
}

/** "the workflow cache and the secret NAME" */
export function formatStores(stores: readonly SignInStore[]): PlainText {
  return joined(
    stores.map(({ title }) => title),
    plain` and `,
  );
}
