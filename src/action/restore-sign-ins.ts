import { Failure } from '../failure.ts';
import { secretsOf } from '../msal-cache/msal-cache.ts';
import { orderCandidates } from '../stores/candidates.ts';
import { isWritable, type Restored, type SignInStore, type WritableStore } from '../stores/sign-in-store.ts';
import { capitalized, plain } from '../text/plain-text.ts';
import type { Candidate, StoredSignIns } from '../token/token-request.ts';
import type { Inputs } from './inputs.ts';
import { mask } from './masking.ts';
import { formatStores } from './save-sign-in.ts';
import type { SignInPlan } from './sign-in-plan.ts';
import type { Step } from './step.ts';

/** What the stores hold, and where this run can save. */
export interface RestoredSignIns extends StoredSignIns {
  readonly stores: readonly WritableStore[];
}

type StoreWithContents = Restored & { readonly store: SignInStore };

/**
 * Restores the sign-ins from all stores at once, and masks the secrets in them.
 * @throws {Failure} `bad-input` when what an input holds is no sign-in in any form
 */
export async function restoreSignIns(
  stores: readonly SignInStore[],
  {
    inputs,
    plan,
  }: { readonly inputs: Pick<Inputs, 'account'>; readonly plan: Pick<SignInPlan, 'hasBegunSignIn'> },
  { signal, log }: Pick<Step, 'signal' | 'log'>,
): Promise<RestoredSignIns> {
  const restored = await Promise.all(
    stores.map(async (store): Promise<StoreWithContents> => ({ store, ...(await store.restore(signal)) })),
  );
  signal.throwIfAborted();
  const supported = restored.flatMap(({ kind, store }) => (kind === 'unsupported' ? [] : [store]));
  const writable = supported.filter(isWritable);
  warn(restored, writable, log);

  const signIns = restored.flatMap((contents) => (contents.kind === 'unsupported' ? [] : contents.signIns));
  const { candidates, inputWins } = orderCandidates(signIns, inputs.account);
  if (inputWins)
    log.info(
      plain`token-cache and the workflow cache hold different people; token-cache is tried first, since it was set for this step. To choose otherwise, set account.`,
    );
  for (const secret of candidates.flatMap(({ record }) => secretsOf(record.cache))) mask(secret);
  return {
    stores: writable,
    candidates: candidates.map(candidateOf),
    hasIgnored: restored.some((contents) => contents.kind !== 'unsupported' && contents.hasIgnored),
    // A person whom an earlier job asked may have signed in by now, whatever a store holds.
    unreadable: plan.hasBegunSignIn ? undefined : unreadableIn(restored),
  };
}

function candidateOf({
  origin,
  record,
}: ReturnType<typeof orderCandidates>['candidates'][number]): Candidate {
  const { cache, details, refreshedAt } = record;
  return { origin, cache: JSON.stringify(cache), details, refreshedAt };
}

function unreadableIn(restored: readonly StoreWithContents[]): StoredSignIns['unreadable'] {
  const unreadable = restored.find((contents) => contents.kind === 'unreadable');
  if (!unreadable) return undefined;
  const { store, reason } = unreadable;
  return (otherwise) =>
    new Failure('cache-unavailable', {
      what: `${capitalized(store.title)} could not be read, and may still hold the sign-in.`,
      why: `${reason}. No other sign-in works: ${otherwise}.`,
      fix: 'run again when the cache service works. To sign in before that, dispatch the workflow with sign-in "force".',
    });
}

function warn(
  restored: readonly StoreWithContents[],
  writable: readonly WritableStore[],
  log: Step['log'],
): void {
  for (const contents of restored) {
    if (contents.kind === 'unsupported')
      log.warning(
        writable.length > 0
          ? plain`${capitalized(contents.reason)}: a sign-in will be saved in ${formatStores(writable)} only.`
          : plain`${capitalized(contents.reason)}: a sign-in will not be saved.`,
      );
    if (contents.kind === 'unreadable')
      log.warning(plain`${capitalized(contents.store.title)} could not be read: ${contents.reason}.`);
  }
}
