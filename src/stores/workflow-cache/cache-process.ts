import type { ChildProcess } from 'node:child_process';
import { rmSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { within } from '../../bounded-wait.ts';
import { type ArchiveStage, describeTimeout } from './archive-stage.ts';
import type { CacheJob, CacheProgress, CacheResponse } from './cache-protocol.ts';
import { withServiceNamed } from './cache-service-variables.ts';
import { diskLimit } from './cache-time-limits.ts';
import { endProcess, startProgram } from './child-process.ts';
import type { Sighting } from './other-entries.ts';
import { canBePackedIn } from './temporary-folder.ts';

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

/** What a job came to where there is no response: `silence` when nothing was heard but that the time was up. */
export type FailedResponse = CacheResponse & { readonly kind: 'failed' } & { readonly isSilence?: boolean };
export type Response = Exclude<CacheResponse, { readonly kind: 'failed' }> | FailedResponse;

/**
 * Restores the newest entry for each prefix.
 * @returns one response for each prefix, in their order; those that did not come say why
 */
export async function restoreEntries(
  prefixes: readonly string[],
  process: CacheProcess,
  bounds: CacheBounds,
): Promise<readonly Response[]> {
  const { responses, instead } = await runJob({ kind: 'restore', prefixes }, process, bounds);
  if (responses[0]?.kind === 'absent') return prefixes.map(() => ({ kind: 'absent' }));
  return prefixes.map((_, index) => responses[index] ?? instead);
}

/** Saves one entry. */
export async function saveEntry(
  entry: { readonly key: string; readonly text: string },
  process: CacheProcess,
  bounds: CacheBounds,
): Promise<Response> {
  const { responses, instead } = await runJob({ kind: 'save', ...entry }, process, bounds);
  return responses[0] ?? instead;
}

/**
 * Tries out whether this machine can pack and unpack entries, without a request.
 * @returns why it cannot, or why that could not be found out; undefined when it can
 */
export async function findArchiveProblem(
  process: CacheProcess,
  bounds: CacheBounds,
): Promise<string | undefined> {
  const { responses, instead } = await runJob({ kind: 'probe' }, process, bounds);
  const response = responses[0] ?? instead;
  return response.kind === 'failed' ? response.reason : undefined;
}

/**
 * Looks for entries whose keys begin so, the first prefix first, one of each compression, without downloading them: two
 * requests.
 * @returns undefined when it could not be found out
 */
export async function lookUpEntries(
  prefixes: readonly string[],
  process: CacheProcess,
  bounds: CacheBounds,
): Promise<readonly Sighting[] | undefined> {
  const { responses } = await runJob({ kind: 'look-up', prefixes }, process, bounds);
  return responses[0]?.kind === 'seen' ? responses[0].sightings : undefined;
}

interface Outcome {
  readonly responses: readonly CacheResponse[];
  /** Stands for the responses that did not come. */
  readonly instead: FailedResponse;
}

async function runJob(
  job: CacheJob,
  { program, environment, temporaryFolder }: CacheProcess,
  bounds: CacheBounds,
): Promise<Outcome> {
  if (!canBePackedIn(temporaryFolder)) return { responses: [], instead: oddPath };
  let folder: string;
  try {
    folder = await within(makeFolder(temporaryFolder), { timeout: bounds.within });
  } catch {
    const reason =
      'a temporary folder could not be created in RUNNER_TEMP (is it writable, is the disk full?)';
    return { responses: [], instead: { kind: 'failed', reason, final: true } };
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
    return await responsesOf(child, job, bounds);
  } catch (error) {
    // Some errors of the system are thrown, others are emitted.
    return { responses: [], instead: notStarted(error) };
  } finally {
    const removing = rm(folder, { recursive: true, force: true, maxRetries: 3 });
    await within(removing, { timeout: diskLimit }).catch(() => undefined);
    process.off('exit', clear);
  }
}

const oddPath: FailedResponse = {
  kind: 'failed',
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

async function responsesOf(
  child: ChildProcess,
  job: CacheJob,
  { within: limit, signal }: CacheBounds,
): Promise<Outcome> {
  const responses: CacheResponse[] = [];
  let failing: string | undefined;
  // A test makes no request.
  const atFirst: ArchiveStage = job.kind === 'probe' ? 'testing' : 'none';
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
    const closed = new Promise<FailedResponse>((resolve) => {
      child.on('message', (message: CacheResponse | CacheProgress) => {
        stage = message.kind === 'stage' ? message.stage : atFirst;
        if (message.kind === 'stage') return;
        failing = message.kind === 'failing' ? (failing ?? message.reason) : undefined;
        if (message.kind !== 'failing') responses.push(message);
      });
      child.once('error', (error) => resolve(notStarted(error)));
      child.once('close', (code, killedBy) => {
        if (stopped === 'run') resolve(cancelled);
        else if (stopped) resolve(timedOut(limit, describeTimeout(stage) ?? failing));
        else resolve(endedEarly(code, killedBy));
      });
      if (signal?.aborted) cancel();
      else child.send(job, () => undefined);
    });
    // One that was killed ends at once, unless a disk hangs: then it is left alone.
    const instead = await within(closed, { timeout: limit + diskLimit }).catch(() => {
      release(child);
      return stopped === 'run' ? cancelled : timedOut(limit, describeTimeout(stage) ?? failing);
    });
    return { responses, instead };
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', cancel);
  }
}

const cancelled: FailedResponse = {
  kind: 'failed',
  reason: 'the run was cancelled before the cache service responded',
  isSilence: true,
};

/** @param known what hangs, or why an attempt failed, after which there was another; that is more than that the time is up */
function timedOut(limit: number, known: string | undefined): FailedResponse {
  if (known) return { kind: 'failed', reason: known };
  const passed = Math.max(1, Math.round(limit / 1000));
  return { kind: 'failed', reason: `the cache service did not respond within ${passed} s`, isSilence: true };
}

function endedEarly(code: number | null, killedBy: NodeJS.Signals | null): FailedResponse {
  const end = killedBy ? `signal ${killedBy}` : `exit code ${code}`;
  return {
    kind: 'failed',
    reason: `the process that uses the workflow cache ended before it responded (${end})`,
    // It may have been the victim of a system without memory; but what it does by itself it does again.
    final: killedBy === null,
  };
}

/** Of these the system may have more in a moment: processes, memory, open files. */
const scarce = new Set(['EAGAIN', 'ENOMEM', 'EMFILE', 'ENFILE']);

function notStarted(error: unknown): FailedResponse {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
  return {
    kind: 'failed',
    reason: `the process that uses the workflow cache could not be started (${code})`,
    final: !scarce.has(code),
  };
}

/** Leaves a process to itself: it must not keep this one running. */
function release(child: ChildProcess): void {
  if (child.connected) child.disconnect();
  child.unref();
}
