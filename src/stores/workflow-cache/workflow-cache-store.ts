import type { Clock } from '../../clock.ts';
import { parseMsalCache } from '../../msal-cache/msal-cache.ts';
import type { RepositoryIdentity } from '../../sealing/binding.ts';
import { type EntryContext, type RecordContext, sealRecord } from '../../sealing/sign-in-record.ts';
import { longestLine, type PlainText, plain, plainText } from '../../text/plain-text.ts';
import {
  failedIfThrown,
  isUpToDate,
  type Restored,
  type SaveOutcome,
  type SignInStore,
  type SignInToSave,
} from '../sign-in-store.ts';
import {
  type CacheProcess,
  type FailedResponse,
  findArchiveProblem,
  lookUpEntries,
  type Response,
  restoreEntries,
  saveEntry,
} from './cache-process.ts';
import * as limits from './cache-time-limits.ts';
import { actionPrefix, type EntryName, entryPrefix, freshKey, restorePrefix } from './entries.ts';
import { describeOthers, describeUnknown } from './other-entries.ts';
import { nothingRestored, openRestored, type RestoredEntries } from './restored-entries.ts';

interface WorkflowCacheOptions {
  readonly name: EntryName;
  /** With at least one key. */
  readonly context: RecordContext;
  readonly process: CacheProcess;
  readonly run: {
    readonly id: string;
    readonly attempt: number;
    readonly repositoryIdentity: RepositoryIdentity;
  };
  readonly clock: Clock;
  readonly log: { readonly warning: (line: PlainText) => void };
}

/** The workflow cache as a store of sign-ins: sealed, newest entry wins, each save under a key of its own. */
export class WorkflowCacheStore implements SignInStore {
  readonly name = 'workflow-cache';
  readonly title = plain`the workflow cache`;
  readonly isPerBranch = true;
  readonly #entryPrefix: string;
  readonly #prefixes: readonly string[];
  readonly #context: EntryContext;
  readonly #options: Omit<WorkflowCacheOptions, 'name' | 'context'>;
  #spent = 0;
  #restored: RestoredEntries = nothingRestored;
  #restoredAt = 0;
  #isNewestNew = false;

  constructor({ name, context, ...options }: WorkflowCacheOptions) {
    this.#entryPrefix = entryPrefix(name);
    this.#prefixes = context.keys.map(({ id }) => restorePrefix(name, id));
    // What names an entry and what it is sealed for are one object: the one without the other protects nothing.
    this.#context = { ...context, binding: { ...name, repository: options.run.repositoryIdentity } };
    this.#options = options;
  }

  async restore(signal: AbortSignal): Promise<Restored> {
    const { clock, process, log } = this.#options;
    const start = clock.monotonic();
    const responses = await restoreEntries(this.#prefixes, process, { within: limits.restoreLimit, signal });
    this.#restoredAt = clock.now();
    this.#spent = clock.monotonic() - start;
    this.#restored = await openRestored(responses, this.#context);
    this.#isNewestNew = this.#mayBeNew(responses[0], this.#restored);

    const { records, warnings, unreadable, isUnsupported } = this.#restored;
    for (const warning of warnings) log.warning(warning);
    if (isUnsupported) return { kind: 'unsupported', reason: noService };
    const signIns = records.map((record) => ({ origin: this.title, record, isInput: false }));
    const hasIgnored = warnings.length > 0;
    return unreadable
      ? { kind: 'unreadable', signIns, reason: unreadable, hasIgnored }
      : { kind: 'restored', signIns, hasIgnored };
  }

  /** Entries that are sealed with another key, packed by another program, or of another name. Costs two requests. */
  async findOthers(signal: AbortSignal): Promise<PlainText | undefined> {
    const { clock, process } = this.#options;
    const { records, unreadable, isUnsupported } = this.#restored;
    const within = Math.min(limits.runLimit - this.#spent, limits.lookUpLimit);
    if (records.length > 0 || unreadable !== undefined || isUnsupported) return undefined;
    if (within < limits.shortestAttempt || signal.aborted) return describeUnknown(this.#restored);
    const start = clock.monotonic();
    const sightings = await lookUpEntries([this.#entryPrefix, actionPrefix], process, { within, signal });
    this.#spent += clock.monotonic() - start;
    const keyIds = this.#context.keys.map(({ id }) => id);
    return sightings ? describeOthers(sightings, this.#entryPrefix, keyIds) : describeUnknown(this.#restored);
  }

  async probe(signal: AbortSignal): Promise<PlainText | undefined> {
    const reason = await findArchiveProblem(this.#options.process, { within: limits.probeLimit, signal });
    if (!reason) return undefined;
    return plain`A sign-in cannot be saved in the workflow cache: ${plainText(reason, longestLine)}.`;
  }

  save(signIn: SignInToSave, signal: AbortSignal): Promise<SaveOutcome> {
    return failedIfThrown(() => this.#save(signIn, signal));
  }

  async #save(signIn: SignInToSave, signal: AbortSignal): Promise<SaveOutcome> {
    const [key] = this.#context.keys;
    if (!key) return { kind: 'failed', reason: plain`there is no encryption key` };
    if (this.#restored.isUnsupported) return { kind: 'failed', reason: noService };
    if (isUpToDate(this.#restored.current, signIn, key)) return { kind: 'unchanged' };

    const record = { ...signIn, cache: parseMsalCache(signIn.cache) };
    const { binding } = this.#context;
    const text = await sealRecord(record, { key, binding, now: this.#options.clock.now() });
    return this.#saveText(text, signIn.isNewSignIn, signal);
  }

  async #saveText(text: string, isNewSignIn: boolean, signal: AbortSignal): Promise<SaveOutcome> {
    const { clock } = this.#options;
    const limit = isNewSignIn ? limits.newSignInLimit : Math.max(limits.runLimit - this.#spent, 0);
    const end = clock.monotonic() + limit;
    const attempts = isNewSignIn ? Number.POSITIVE_INFINITY : limits.saveAttempts;
    const attemptLimit = isNewSignIn ? limits.newSignInAttempt : limit;
    await this.#waitForLaterSecond(signal);
    // The first that says more than that there was no response: the last attempt may have next to no time.
    let reason: PlainText | undefined;
    for (let attempt = 1; ; attempt++) {
      const within = Math.min(end - clock.monotonic(), attemptLimit);
      if (within < limits.shortestAttempt) return { kind: 'failed', reason: reason ?? noTimeLeft };
      const response = await this.#attempt(text, { within, signal });
      if (response.kind === 'saved') return { kind: 'saved' };
      const failed = failureOf(response);
      const latest = plainText(failed.reason, longestLine);
      if (!failed.isSilence) reason ??= latest;
      const isTooLate = clock.monotonic() + limits.saveDelay + limits.shortestAttempt > end;
      if (attempt >= attempts || isTooLate || isFinal(failed, signal))
        return { kind: 'failed', reason: reason ?? latest };
      await clock.sleep(limits.saveDelay, signal).catch(() => undefined);
    }
  }

  #attempt(
    text: string,
    bounds: { readonly within: number; readonly signal: AbortSignal },
  ): Promise<Response> {
    const { process, run } = this.#options;
    const key = freshKey(this.#prefixes[0] ?? '', run);
    return saveEntry({ key, text }, process, bounds);
  }

  /**
   * Waits until no entry of before can be of the same second as the one that is to be saved: the cache services of Gitea
   * and act sort by whole seconds, and the older one could win. What was restored existed when it was restored.
   */
  async #waitForLaterSecond(signal: AbortSignal): Promise<void> {
    const { clock } = this.#options;
    const wait = Math.min(this.#restoredAt + limits.sortingUnit - clock.now(), limits.sortingUnit);
    if (this.#isNewestNew && wait > 0) await clock.sleep(wait, signal).catch(() => undefined);
  }

  /** True where the newest entry under the key that seals may have been made in the second before it was restored. */
  #mayBeNew(newest: Response | undefined, { current }: RestoredEntries): boolean {
    if (newest?.kind === 'broken') return true;
    if (newest?.kind !== 'hit') return false;
    const isOfThisRun = newest.key.startsWith(`${this.#prefixes[0]}${this.#options.run.id}-`);
    // Between the refresh and the entry lies the time that saving took.
    const isOld =
      current?.refreshedAt !== undefined && current.refreshedAt + limits.newSignInLimit < this.#restoredAt;
    return isOfThisRun || !isOld;
  }
}

function isFinal({ final = false }: FailedResponse, { aborted }: AbortSignal): boolean {
  return final || aborted;
}

const noService = plain`this runner offers no cache service`;
const noTimeLeft = plain`the cache service used up the time limit of a run without a sign-in`;

function failureOf(response: Response): FailedResponse {
  if (response.kind === 'failed') return response;
  return response.kind === 'absent'
    ? { kind: 'failed', reason: noService, final: true }
    : { kind: 'failed', reason: 'the cache service did not respond' };
}
