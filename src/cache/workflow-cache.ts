import type { ChildProcess } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { withServiceNamed } from './cache-service-variables.ts';
import { endProcess, startProgram } from './child-process.ts';
import type { CacheAnswer, CacheJob } from './workflow-cache-child.ts';

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

/** What the start of each key says; up to the id of the encryption key it is the same for all runs. */
export function restorePrefix(name: EntryName, keyId: string): string {
  const parts = [name.clientId, name.authority, name.account, name.cacheName];
  const fingerprint = createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 20);
  return `entra-user-token-v1-${fingerprint}-${keyId}-`;
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

/**
 * Restores the newest entry for each prefix.
 * @returns one answer for each prefix, in their order; those that came too late say so
 */
export async function restoreEntries(
  prefixes: readonly string[],
  process: CacheProcess,
  bounds: CacheBounds,
): Promise<readonly CacheAnswer[]> {
  const answers = await runJob({ do: 'restore', prefixes }, process, bounds);
  if (answers[0]?.is === 'absent') return prefixes.map(() => ({ is: 'absent' }));
  return prefixes.map((_, index) => answers[index] ?? noAnswer(bounds));
}

/** Saves one entry. */
export async function saveEntry(
  key: string,
  text: string,
  process: CacheProcess,
  bounds: CacheBounds,
): Promise<CacheAnswer> {
  const [answer] = await runJob({ do: 'save', key, text }, process, bounds);
  return answer ?? noAnswer(bounds);
}

function noAnswer({ within }: CacheBounds): CacheAnswer {
  return { is: 'failed', reason: `the cache service gave no answer within ${Math.round(within / 1000)} s` };
}

async function runJob(
  job: CacheJob,
  { program, environment, temporaryFolder }: CacheProcess,
  bounds: CacheBounds,
): Promise<readonly CacheAnswer[]> {
  let folder: string;
  try {
    folder = await mkdtemp(join(temporaryFolder, 'entra-user-token-'));
  } catch {
    return [
      {
        is: 'failed',
        reason: 'no temporary folder could be made in RUNNER_TEMP (is it writable, is the disk full?)',
      },
    ];
  }
  const child = startProgram(program, folder, withServiceNamed(environment));
  // This process may end before the child does, after an error that nobody foresaw.
  const clear = (): void => {
    endProcess(child);
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  };
  process.once('exit', clear);
  try {
    return await answersOf(child, job, bounds);
  } finally {
    process.off('exit', clear);
    await rm(folder, { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined);
  }
}

async function answersOf(
  child: ChildProcess,
  job: CacheJob,
  { within, signal }: CacheBounds,
): Promise<readonly CacheAnswer[]> {
  const answers: CacheAnswer[] = [];
  const stop = (): void => endProcess(child);
  const timer = setTimeout(stop, within);
  signal?.addEventListener('abort', stop, { once: true });
  try {
    await new Promise<void>((resolve) => {
      child.on('message', (answer: CacheAnswer) => answers.push(answer));
      child.once('close', () => resolve());
      child.once('error', () => resolve());
      if (signal?.aborted) stop();
      else child.send(job, () => undefined);
    });
    return answers;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', stop);
  }
}
