import type { ChildProcess } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { within } from '../../bounded-wait.ts';
import { seconds } from '../../clock.ts';
import { type ArchiveStage, whyNotInTime } from './archive-stage.ts';
import { withServiceNamed } from './cache-service-variables.ts';
import { endProcess, startProgram } from './child-process.ts';
import type { Sighting } from './other-entries.ts';
import { canBePackedIn } from './temporary-folder.ts';
import type { CacheAnswer, CacheJob, CacheProgress } from './workflow-cache-child.ts';

// What a disk does, or a process that was killed, takes no time to speak of; one that hangs is not waited for.
const diskLimit = seconds(5);

/**
 * Names the entries of one sign-in. Two people, or two clients, in one repository must not evict each other. Each part
 * counts as it is written.
 */
export interface EntryName {
  readonly clientId: string;
  readonly authority: string;
  /** The only account accepted, in one spelling for all that mean the same; empty for any. */
  readonly account: string;
  /** Given by the user, to keep several sign-ins apart; may be empty. */
  readonly cacheName: string;
}

/** What the keys of all entries of one sign-in begin with, whatever key seals them. */
export function entryPrefix(name: EntryName): string {
  const parts = [name.clientId, name.authority, name.account, name.cacheName];
  const fingerprint = createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 20);
  return `entra-user-token-v1-${fingerprint}-`;
}

/** What the start of each key says; up to the id of the encryption key it is the same for all runs. */
export function restorePrefix(name: EntryName, keyId: string): string {
  return `${entryPrefix(name)}${keyId}-`;
}

/** A key that no entry has: entries are immutable, so each save needs a new one. */
export function freshKey(prefix: string, run: { readonly id: string; readonly attempt: number }): string {
  return `${prefix}${run.id}-${run.attempt}-${randomBytes(6).toString('hex')}`;
}

/** How `@actions/cache` is run. */
export interface CacheProcess {
  /** Path of the program built from `workflow-cache-child.ts`. */
  readonly program: string;
  readonly environment: NodeJS.ProcessEnv;
  /** A folder outside the workspace in which a temporary folder may be made: the runner's `RUNNER_TEMP`. */
  readonly temporaryFolder: string;
}

/** Bounds of one job. */
export interface CacheBounds {
  /** Milliseconds after which the process is killed. */
  readonly within: number;
  readonly signal?: AbortSignal | undefined;
}

/** What a job came to where there is no answer: `silence` when nothing was heard but that the time was up. */
export type FailedAnswer = CacheAnswer & { readonly is: 'failed' } & { readonly isSilence?: boolean };
export type Answer = Exclude<CacheAnswer, { readonly is: 'failed' }> | FailedAnswer;

/**
 * Restores the newest entry for each prefix.
 * @returns one answer for each prefix, in their order; those that did not come say why
 */
export async function restoreEntries(
  prefixes: readonly string[],
  process: CacheProcess,
  bounds: CacheBounds,
): Promise<readonly Answer[]> {
  const { answers, unanswered } = await runJob({ do: 'restore', prefixes }, process, bounds);
  if (answers[0]?.is === 'absent') return prefixes.map(() => ({ is: 'absent' }));
  return prefixes.map((_, index) => answers[index] ?? unanswered);
}

/** Saves one entry. */
export async function saveEntry(
  key: string,
  text: string,
  process: CacheProcess,
  bounds: CacheBounds,
): Promise<Answer> {
  const { answers, unanswered } = await runJob({ do: 'save', key, text }, process, bounds);
  return answers[0] ?? unanswered;
}

/**
 * Tries out whether this machine can pack and unpack entries, without a request.
 * @returns why it cannot, or why that could not be found out; undefined when it can
 */
export async function whyNotKept(process: CacheProcess, bounds: CacheBounds): Promise<string | undefined> {
  const { answers, unanswered } = await runJob({ do: 'probe' }, process, bounds);
  const answer = answers[0] ?? unanswered;
  return answer.is === 'failed' ? answer.reason : undefined;
}

/**
 * Looks for entries whose keys begin so, one of each compression, without downloading them: two requests.
 * @returns undefined when it could not be found out
 */
export async function lookUpEntries(
  prefix: string,
  process: CacheProcess,
  bounds: CacheBounds,
): Promise<readonly Sighting[] | undefined> {
  const { answers } = await runJob({ do: 'look-up', prefix }, process, bounds);
  return answers[0]?.is === 'seen' ? answers[0].sightings : undefined;
}

interface Outcome {
  readonly answers: readonly CacheAnswer[];
  /** Stands for the answers that did not come. */
  readonly unanswered: FailedAnswer;
}

async function runJob(
  job: CacheJob,
  { program, environment, temporaryFolder }: CacheProcess,
  bounds: CacheBounds,
): Promise<Outcome> {
  if (!canBePackedIn(temporaryFolder)) return { answers: [], unanswered: oddPath };
  let folder: string;
  try {
    folder = await within(makeFolder(temporaryFolder), { timeout: bounds.within });
  } catch {
    const reason = 'no temporary folder could be made in RUNNER_TEMP (is it writable, is the disk full?)';
    return { answers: [], unanswered: { is: 'failed', reason, final: true } };
  }
  let child: ChildProcess | undefined;
  // This process may end before the child does, or before the folder is removed.
  const clear = (): void => {
    if (child) endProcess(child);
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  };
  process.once('exit', clear);
  try {
    child = startProgram(program, folder, withServiceNamed(environment));
    return await answersOf(child, job, bounds);
  } catch (error) {
    // Some errors of the system are thrown, others are emitted.
    return { answers: [], unanswered: notStarted(error) };
  } finally {
    const removing = rm(folder, { recursive: true, force: true, maxRetries: 3 });
    await within(removing, { timeout: diskLimit }).catch(() => undefined);
    process.off('exit', clear);
  }
}

const oddPath: FailedAnswer = {
  is: 'failed',
  reason:
    'archives cannot be packed in RUNNER_TEMP, nor in the temporary folder of the system: their paths contain a space or a quotation mark',
  final: true,
};

async function makeFolder(parent: string): Promise<string> {
  const folder = await mkdtemp(join(parent, 'entra-user-token-'));
  // The umask of the runner may forbid even the owner to enter it.
  await chmod(folder, 0o700);
  return folder;
}

async function answersOf(
  child: ChildProcess,
  job: CacheJob,
  { within: limit, signal }: CacheBounds,
): Promise<Outcome> {
  const answers: CacheAnswer[] = [];
  let failing: string | undefined;
  // A test makes no request.
  const atFirst: ArchiveStage = job.do === 'probe' ? 'testing' : 'none';
  let stage: ArchiveStage = atFirst;
  let stopped: 'time' | 'run' | undefined;
  const stop = (by: typeof stopped): void => {
    stopped ??= by;
    endProcess(child);
  };
  const cancel = (): void => stop('run');
  const timer = setTimeout(stop, limit, 'time');
  signal?.addEventListener('abort', cancel, { once: true });
  try {
    const closed = new Promise<FailedAnswer>((resolve) => {
      child.on('message', (message: CacheAnswer | CacheProgress) => {
        stage = message.is === 'stage' ? message.stage : atFirst;
        if (message.is === 'stage') return;
        failing = message.is === 'failing' ? (failing ?? message.reason) : undefined;
        if (message.is !== 'failing') answers.push(message);
      });
      child.once('error', (error) => resolve(notStarted(error)));
      child.once('close', (code, killedBy) => {
        if (stopped === 'run') resolve(cancelled);
        else if (stopped) resolve(tooLate(limit, whyNotInTime(stage) ?? failing));
        else resolve(endedEarly(code, killedBy));
      });
      if (signal?.aborted) cancel();
      else child.send(job, () => undefined);
    });
    // One that was killed ends at once, unless a disk hangs: then it is left alone.
    const unanswered = await within(closed, { timeout: limit + diskLimit }).catch(() => {
      letGo(child);
      return stopped === 'run' ? cancelled : tooLate(limit, whyNotInTime(stage) ?? failing);
    });
    return { answers, unanswered };
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', cancel);
  }
}

const cancelled: FailedAnswer = {
  is: 'failed',
  reason: 'the run was cancelled before the cache service had responded',
  isSilence: true,
};

/** @param known what hangs, or why an attempt failed, after which there was another; that is more than that the time is up */
function tooLate(limit: number, known: string | undefined): FailedAnswer {
  if (known) return { is: 'failed', reason: known };
  const passed = Math.max(1, Math.round(limit / 1000));
  return { is: 'failed', reason: `the cache service gave no answer within ${passed} s`, isSilence: true };
}

function endedEarly(code: number | null, killedBy: NodeJS.Signals | null): FailedAnswer {
  const end = killedBy ? `signal ${killedBy}` : `exit code ${code}`;
  return {
    is: 'failed',
    reason: `the process that uses the workflow cache ended before it answered (${end})`,
    // It may have been the victim of a system without memory; but what it does by itself it does again.
    final: killedBy === null,
  };
}

/** Of these the system may have more in a moment: processes, memory, open files. */
const scarce = new Set(['EAGAIN', 'ENOMEM', 'EMFILE', 'ENFILE']);

function notStarted(error: unknown): FailedAnswer {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
  return {
    is: 'failed',
    reason: `the process that uses the workflow cache could not be started (${code})`,
    final: !scarce.has(code),
  };
}

/** Leaves a process to itself: it must not keep this one running. */
function letGo(child: ChildProcess): void {
  if (child.connected) child.disconnect();
  child.unref();
}
