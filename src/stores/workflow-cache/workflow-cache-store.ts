import { type Clock, seconds } from '../../clock.ts';
import { parseMsalCache } from '../../msal-cache/msal-cache.ts';
import type { RepositoryIdentity } from '../../sealing/binding.ts';
import { type EntryContext, type RecordContext, sealRecord } from '../../sealing/sign-in-record.ts';
import { longestLine, type PlainText, plain, plainText } from '../../text/plain-text.ts';
import { type FromWorkflowCache, nothingRestored, openRestored } from '../candidates.ts';
import {
  failedIfThrown,
  isKept,
  type Keepsake,
  type SaveOutcome,
  type SignInStore,
} from '../sign-in-store.ts';
import {
  type Answer,
  type CacheProcess,
  type EntryName,
  entryPrefix,
  type FailedAnswer,
  freshKey,
  lookUpEntries,
  restoreEntries,
  restorePrefix,
  saveEntry,
  whyNotKept,
} from './entries.ts';
import { describeOthers } from './other-entries.ts';

// The service being down costs a silent run at most 15 s in all, a sign-in at most a minute more.
const silentBudget = seconds(15);
const restoreLimit = seconds(10);
const preciousBudget = seconds(60);
const betweenTries = seconds(2);
// The library waits for ever for the rest of an answer that was cut off.
const preciousTry = seconds(20);
// One connection that breaks must not leave the store without a refreshed token: the older one may have been revoked.
const usualTries = 2;
// A process that is started and killed at once tells nothing.
const shortestTry = seconds(1);
const probeLimit = seconds(10);
const lookUpLimit = seconds(5);
// Some cache services sort entries by the second in which they were made.
const sortedBy = seconds(1);

/** The workflow cache as a store of sign-ins: sealed, newest entry wins, each save under a key of its own. */
export class WorkflowCacheStore implements SignInStore {
  readonly name = 'workflow-cache';
  readonly title = plain`the workflow cache`;
  readonly #entryPrefix: string;
  readonly #prefixes: readonly string[];
  readonly #context: EntryContext;
  readonly #process: CacheProcess;
  readonly #run: { readonly id: string; readonly attempt: number };
  readonly #clock: Clock;
  #spent = 0;
  #restored: FromWorkflowCache = nothingRestored;
  #restoredAt = 0;
  #isNewestNew = false;

  /** @param context with at least one key */
  constructor(
    name: EntryName,
    context: RecordContext,
    process: CacheProcess,
    run: { readonly id: string; readonly attempt: number; readonly repositoryIdentity: RepositoryIdentity },
    clock: Clock,
  ) {
    this.#entryPrefix = entryPrefix(name);
    this.#prefixes = context.keys.map(({ id }) => restorePrefix(name, id));
    // What names an entry and what it is sealed for are one object: the one without the other protects nothing.
    this.#context = { ...context, binding: { ...name, repository: run.repositoryIdentity } };
    this.#process = process;
    this.#run = run;
    this.#clock = clock;
  }

  /** False once it is known that the runner offers no cache service. */
  get isThere(): boolean {
    return !this.#restored.absent;
  }

  async restore(signal: AbortSignal): Promise<FromWorkflowCache> {
    const start = this.#clock.monotonic();
    const answers = await restoreEntries(this.#prefixes, this.#process, { within: restoreLimit, signal });
    this.#restoredAt = this.#clock.now();
    this.#spent = this.#clock.monotonic() - start;
    this.#restored = await openRestored(answers, this.#context);
    this.#isNewestNew = this.#mayBeNew(answers[0], this.#restored);
    return this.#restored;
  }

  /**
   * Tells, where nothing was found, of entries that this run does not look for: sealed with another key, or packed by
   * another program. Costs two requests, so it is for runs that would ask or fail. Never throws.
   * @returns a clause that can stand after a reason; undefined when there is nothing to tell
   */
  async findOthers(signal: AbortSignal): Promise<PlainText | undefined> {
    const { found, down, absent } = this.#restored;
    const within = Math.min(silentBudget - this.#spent, lookUpLimit);
    if (found.length > 0 || down || absent || within < shortestTry || signal.aborted) return undefined;
    const start = this.#clock.monotonic();
    const sightings = await lookUpEntries(this.#entryPrefix, this.#process, { within, signal });
    this.#spent += this.#clock.monotonic() - start;
    const keyIds = this.#context.keys.map(({ id }) => id);
    return sightings && describeOthers(sightings, this.#entryPrefix, keyIds);
  }

  async probe(signal: AbortSignal): Promise<PlainText | undefined> {
    const reason = await whyNotKept(this.#process, { within: probeLimit, signal });
    if (!reason) return undefined;
    return plain`A sign-in cannot be kept in the workflow cache: ${plainText(reason, longestLine)}.`;
  }

  save(keepsake: Keepsake, signal: AbortSignal): Promise<SaveOutcome> {
    return failedIfThrown(() => this.#save(keepsake, signal));
  }

  async #save(keepsake: Keepsake, signal: AbortSignal): Promise<SaveOutcome> {
    const [key] = this.#context.keys;
    const [prefix] = this.#prefixes;
    if (!key || !prefix) return { is: 'failed', reason: plain`there is no encryption key` };
    if (this.#restored.absent) return { is: 'failed', reason: plain`this runner offers no cache service` };
    if (isKept(this.#restored.held, keepsake, key)) return { is: 'unchanged' };

    const record = { ...keepsake, cache: parseMsalCache(keepsake.cache) };
    const text = await sealRecord(record, key, this.#context.binding, this.#clock.now());
    const budget = keepsake.precious ? preciousBudget : Math.max(silentBudget - this.#spent, 0);
    return this.#saveWithin(budget, prefix, text, keepsake.precious, signal);
  }

  async #saveWithin(
    budget: number,
    prefix: string,
    text: string,
    isPrecious: boolean,
    signal: AbortSignal,
  ): Promise<SaveOutcome> {
    const end = this.#clock.monotonic() + budget;
    const tries = isPrecious ? Number.POSITIVE_INFINITY : usualTries;
    const tryLimit = isPrecious ? preciousTry : budget;
    await this.#waitForLaterSecond(signal);
    // The first that says more than that nothing was heard: the last try may have next to no time.
    let told: PlainText | undefined;
    for (let attempt = 1; ; attempt++) {
      const within = Math.min(end - this.#clock.monotonic(), tryLimit);
      if (within < shortestTry) return { is: 'failed', reason: told ?? nothingLeft };
      const answer = await saveEntry(freshKey(prefix, this.#run), text, this.#process, { within, signal });
      if (answer.is === 'saved') return { is: 'saved' };
      const { final, isSilence, ...failed } = failureOf(answer);
      const reason = plainText(failed.reason, longestLine);
      if (!isSilence) told ??= reason;
      const isLast = attempt >= tries || final || signal.aborted;
      if (isLast || this.#clock.monotonic() + betweenTries + shortestTry > end)
        return { is: 'failed', reason: told ?? reason };
      await this.#clock.sleep(betweenTries, signal).catch(() => undefined);
    }
  }

  /**
   * Waits until no entry of before can be of the same second as the one that is to be saved: the cache services of Gitea
   * and act sort by whole seconds, and the older one could win. What was restored was there when it was restored.
   */
  async #waitForLaterSecond(signal: AbortSignal): Promise<void> {
    const wait = Math.min(this.#restoredAt + sortedBy - this.#clock.now(), sortedBy);
    if (this.#isNewestNew && wait > 0) await this.#clock.sleep(wait, signal).catch(() => undefined);
  }

  /** True where the newest entry under the key that seals may have been made in the second before it was restored. */
  #mayBeNew(newest: Answer | undefined, { held }: FromWorkflowCache): boolean {
    if (newest?.is === 'broken') return true;
    if (newest?.is !== 'hit') return false;
    const isOfThisRun = newest.key.startsWith(`${this.#prefixes[0]}${this.#run.id}-`);
    // Between the refresh and the entry lies the time that saving took.
    const isOld = held?.refreshedAt !== undefined && held.refreshedAt + preciousBudget < this.#restoredAt;
    return isOfThisRun || !isOld;
  }
}

const nothingLeft = plain`the cache service took all of the time that a run without a sign-in gives it`;

function failureOf(answer: Answer): FailedAnswer {
  if (answer.is === 'failed') return answer;
  return answer.is === 'absent'
    ? { is: 'failed', reason: 'this runner offers no cache service', final: true }
    : { is: 'failed', reason: 'the cache service gave no answer' };
}
