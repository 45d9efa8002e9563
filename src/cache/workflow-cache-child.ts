/**
 * The process in which `@actions/cache` runs. The library cannot be aborted, writes to the log what is not for the log,
 * and leaves folders behind; here it can be killed, is not heard, and works in a folder that is thrown away.
 *
 * It is started with an IPC channel, takes one {@link CacheJob} as its first message, answers each part with a
 * {@link CacheAnswer}, and ends.
 */
import { lstat, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { isFeatureAvailable, restoreCache, saveCache } from '@actions/cache';

/** What the parent asks for. */
export type CacheJob =
  | { readonly do: 'restore'; readonly prefixes: readonly string[] }
  | { readonly do: 'save'; readonly key: string; readonly text: string };

/** What it is told, one for each prefix or for the save. */
export type CacheAnswer =
  | { readonly is: 'hit'; readonly key: string; readonly text: string }
  | { readonly is: 'miss' }
  | { readonly is: 'saved' }
  /** The runner offers no cache service at all. */
  | { readonly is: 'absent' }
  /** `final`: it would fail again. */
  | { readonly is: 'failed'; readonly reason: string; readonly final?: boolean };

// The same text in every run and on every system: the service compares a hash of it.
const file = 'entra-user-token/sign-in.jwe';
const crossOs = true;
const largestEntry = 1_048_576;
const triesToRestore = 3;
const betweenTries = 1_000;

/** The library prints its warnings instead of throwing; they alone tell a miss from an outage. */
const printed: string[] = [];
process.stdout.write = (text: string | Uint8Array): boolean => {
  printed.push(text.toString());
  return true;
};

process.once('message', (job: CacheJob) => void work(job));
// The parent has gone: nobody waits for the answer.
process.once('disconnect', () => process.exit());

async function work(job: CacheJob): Promise<void> {
  if (!isFeatureAvailable()) await answer({ is: 'absent' });
  else if (job.do === 'save') await answer(await save(job.key, job.text));
  else for (const prefix of job.prefixes) await answer(await restoreInTries(prefix));
  process.disconnect();
}

function answer(message: CacheAnswer): Promise<void> {
  return new Promise((resolve) => process.send?.(message, undefined, undefined, () => resolve()));
}

/** The library itself gives up at the first connection that breaks. */
async function restoreInTries(prefix: string): Promise<CacheAnswer> {
  for (let attempt = 1; ; attempt++) {
    const outcome = await restore(prefix);
    if (outcome.is !== 'failed' || outcome.final || attempt === triesToRestore) return outcome;
    await delay(betweenTries);
  }
}

async function restore(prefix: string): Promise<CacheAnswer> {
  printed.length = 0;
  try {
    await rm(dirname(file), { recursive: true, force: true });
    const key = await restoreCache([file], prefix, [prefix], undefined, crossOs);
    if (key === undefined) {
      const reason = whatWentWrong();
      return reason ? failed(reason) : { is: 'miss' };
    }
    return { is: 'hit', key, text: await readEntry() };
  } catch (error) {
    return { is: 'failed', reason: nameOf(error) };
  }
}

/** What was unpacked is somebody's bytes: only a plain file of a plausible size is read; anything else is an empty entry. */
async function readEntry(): Promise<string> {
  const stats = await lstat(file).catch(() => undefined);
  return stats?.isFile() && stats.size <= largestEntry ? readFile(file, 'utf8') : '';
}

async function save(key: string, text: string): Promise<CacheAnswer> {
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    await writeFile(file, text, { mode: 0o600 });
    const id = await saveCache([file], key, undefined, crossOs);
    return id >= 0 ? { is: 'saved' } : refusal();
  } catch (error) {
    return { is: 'failed', reason: nameOf(error) };
  }
}

function refusal(): CacheAnswer {
  return failed(whatWentWrong() ?? 'the cache service did not accept the entry');
}

function failed(reason: string): CacheAnswer {
  return { is: 'failed', reason, final: reason.startsWith('this run may not') };
}

const signsOfTrouble: readonly (readonly [RegExp, string])[] = [
  [
    /cache read denied|does not permit reads/i,
    'this run may not read the workflow cache (cache-mode, or the event)',
  ],
  [
    /cache write denied|does not permit writes/i,
    'this run may not write to the workflow cache (cache-mode, or the event)',
  ],
  [/rate limit|\b429\b/i, 'the cache service is limiting the rate of requests (429)'],
  [/quota|storage limit|over the .* limit/i, 'the storage for workflow caches is full'],
  [/\b401\b|unauthorized/i, 'the cache service did not accept the token of this run (401)'],
  [/\b5\d\d\b/, 'the cache service is failing (5xx)'],
  [/unable to reserve/i, 'the cache service did not accept the new entry'],
];

/** A cause in this action's own words: what a server said is not repeated. Undefined when the library saw no trouble. */
function whatWentWrong(): string | undefined {
  const text = printed.join('');
  const known = signsOfTrouble.find(([sign]) => sign.test(text));
  if (known) return known[1];
  return /^::(warning|error)/m.test(text) ? 'the cache service could not be used' : undefined;
}

function nameOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
  return `the workflow cache could not be used${code}`;
}
