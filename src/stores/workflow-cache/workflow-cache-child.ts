/**
 * The process in which `@actions/cache` runs. The library cannot be aborted, writes to the log what is not for the log,
 * and leaves folders behind; here it can be killed, is not heard, and works in a folder that is thrown away.
 *
 * It is started with an IPC channel, takes one {@link CacheJob} as its first message, answers each part with a
 * {@link CacheAnswer}, and ends. In between it tells what it waits for, in case it is killed.
 */
import { subscribe } from 'node:diagnostics_channel';
import { lstat, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { isFeatureAvailable, restoreCache, saveCache } from '@actions/cache';
import { type ArchiveStage, stageIn } from './archive-stage.ts';
import { whyNotPack } from './archive-tools.ts';
import {
  type CacheTrouble,
  isDownloadGone,
  troubleBetweenAttempts,
  troubleIn,
  troubleOfStatus,
} from './cache-errors.ts';
import {
  CompressionMethod,
  getCacheEntry,
  getCacheServiceVersion,
  getCacheVersion,
  getCompressionMethod,
  internalCacheTwirpClient,
} from './cache-library.ts';
import type { Sighting } from './other-entries.ts';

/** What the parent asks for. */
export type CacheJob =
  | { readonly do: 'restore'; readonly prefixes: readonly string[] }
  | { readonly do: 'save'; readonly key: string; readonly text: string }
  /** Tries out whether this machine can pack and unpack. Makes no request. */
  | { readonly do: 'probe' }
  /** Looks for the newest entry of each compression, without a download. */
  | { readonly do: 'look-up'; readonly prefix: string };

/** What it is told, one for each prefix, or for the job. */
export type CacheAnswer =
  | { readonly is: 'hit'; readonly key: string; readonly text: string }
  | { readonly is: 'miss' }
  /** There is an entry, the service responded in full, and what it sent is no archive of a sign-in. */
  | { readonly is: 'broken' }
  | { readonly is: 'saved' }
  /** This machine can pack and unpack. */
  | { readonly is: 'able' }
  | { readonly is: 'seen'; readonly sightings: readonly Sighting[] }
  /** The runner offers no cache service at all. */
  | { readonly is: 'absent' }
  /** `final`: it would fail again. */
  | { readonly is: 'failed'; readonly reason: string; readonly final?: boolean };

/** What it is told while the library or this process tries again, or begins to pack or unpack. */
export type CacheProgress =
  | { readonly is: 'failing'; readonly reason: string }
  | { readonly is: 'stage'; readonly stage: ArchiveStage };

// The same text in every run and on every system: the service compares a hash of it.
const file = 'entra-user-token/sign-in.jwe';
const crossOs = true;
const largestEntry = 1_048_576;
const triesToRestore = 3;
const betweenTries = 1_000;

/** The library prints what went wrong instead of throwing it. */
let printed: string[] = [];
process.stdout.write = (text: string | Uint8Array): boolean => {
  const line = text.toString();
  printed.push(line);
  const trouble = troubleBetweenAttempts(line);
  if (trouble) tellFailing(trouble);
  const stage = stageIn(line);
  if (stage) tellProgress({ is: 'stage', stage });
  return true;
};

/** It does not say with which status a download failed: it saves the page of an error like an archive. */
let lastStatus: number | undefined;
subscribe('http.client.response.finish', (message) => {
  lastStatus = statusIn(message);
});

// What the runner's umask forbids is needed here: to enter the folders that are made.
process.umask(0o077);
process.once('message', (job: CacheJob) => void work(job));
// The parent has gone: nobody waits for the answer.
process.once('disconnect', () => process.exit());

async function work(job: CacheJob): Promise<void> {
  try {
    await (job.do !== 'probe' && !isFeatureAvailable() ? answer({ is: 'absent' }) : doJob(job));
  } catch (error) {
    await answer({ is: 'failed', reason: nameOf(error), final: true });
  }
  process.disconnect();
}

async function doJob(job: CacheJob): Promise<void> {
  switch (job.do) {
    case 'restore':
      return restoreAll(job.prefixes);
    case 'save':
      return answer(await save(job.key, job.text));
    case 'probe':
      return answer(await probe());
    case 'look-up':
      return answer({ is: 'seen', sightings: await lookUp(job.prefix) });
  }
}

function answer(message: CacheAnswer): Promise<void> {
  return new Promise((resolve) => process.send?.(message, undefined, undefined, () => resolve()));
}

function tellFailing({ reason }: CacheTrouble): void {
  tellProgress({ is: 'failing', reason });
}

function tellProgress(progress: CacheProgress): void {
  process.send?.(progress, undefined, undefined, () => undefined);
}

async function restoreAll(prefixes: readonly string[]): Promise<void> {
  for (const [index, prefix] of prefixes.entries()) {
    const outcome = await restoreInTries(prefix);
    // A lasting refusal is the same for all prefixes.
    const isLast = outcome.is === 'failed' && outcome.final;
    for (const _ of isLast ? prefixes.slice(index) : [prefix]) await answer(outcome);
    if (isLast) return;
  }
}

/** The library itself gives up at the first connection that breaks. */
async function restoreInTries(prefix: string): Promise<CacheAnswer> {
  for (let attempt = 1; ; attempt++) {
    const outcome = await restore(prefix);
    if (outcome.is !== 'failed' || outcome.final || attempt === triesToRestore) return outcome;
    tellFailing(outcome);
    await delay(betweenTries);
  }
}

async function restore(prefix: string): Promise<CacheAnswer> {
  listen();
  try {
    await rm(dirname(file), { recursive: true, force: true });
    const key = await restoreCache([file], prefix, [prefix], undefined, crossOs);
    if (key !== undefined) return await readEntry(key);
    const trouble = troubleIn({ printed, keys: [prefix], lastStatus });
    if (!trouble) return { is: 'miss' };
    if (isDownloadGone({ printed, lastStatus })) return { is: 'broken' };
    return trouble.isArchive ? await notUnpacked() : { is: 'failed', ...trouble };
  } catch (error) {
    return thrown(error, [prefix]);
  }
}

/** What was to be unpacked is no archive, or this machine cannot unpack, or what came was the page of an error. */
async function notUnpacked(): Promise<CacheAnswer> {
  const trouble = troubleOfStatus(lastStatus);
  if (trouble) return { is: 'failed', ...trouble };
  const reason = await whyNotPack(file);
  return reason ? { is: 'failed', reason, final: true } : { is: 'broken' };
}

/** What was unpacked is somebody's bytes: only a plain file of a plausible size is read. */
async function readEntry(key: string): Promise<CacheAnswer> {
  const stats = await lstat(file).catch(() => undefined);
  if (!stats?.isFile() || stats.size > largestEntry) return { is: 'broken' };
  return { is: 'hit', key, text: await readFile(file, 'utf8') };
}

async function save(key: string, text: string): Promise<CacheAnswer> {
  listen();
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    await writeFile(file, text, { mode: 0o600 });
    const id = await saveCache([file], key, undefined, crossOs);
    if (id >= 0) return { is: 'saved' };
    const trouble = troubleIn({ printed, keys: [key], lastStatus });
    if (trouble?.isArchive) return notPacked(trouble);
    return { is: 'failed', ...(trouble ?? { reason: 'the cache service did not accept the entry' }) };
  } catch (error) {
    return thrown(error, [key]);
  }
}

async function notPacked({ reason }: CacheTrouble): Promise<CacheAnswer> {
  return { is: 'failed', reason: (await whyNotPack(file)) ?? reason, final: true };
}

async function probe(): Promise<CacheAnswer> {
  const reason = await whyNotPack(file);
  return reason ? { is: 'failed', reason, final: true } : { is: 'able' };
}

/** One request for each compression, which is part of what an entry is looked for by. */
async function lookUp(prefix: string): Promise<readonly Sighting[]> {
  const own = await getCompressionMethod();
  const sightings: Sighting[] = [];
  for (const method of [CompressionMethod.ZstdWithoutLong, CompressionMethod.Gzip]) {
    const compression = method === CompressionMethod.Gzip ? 'gzip' : 'zstd';
    sightings.push({ compression, isOwn: method === own, key: await newestKey(prefix, method) });
  }
  return sightings;
}

async function newestKey(prefix: string, compressionMethod: CompressionMethod): Promise<string | undefined> {
  if (getCacheServiceVersion() === 'v1') {
    const options = { compressionMethod, enableCrossOsArchive: crossOs };
    return (await getCacheEntry([prefix], [file], options))?.cacheKey;
  }
  const client = internalCacheTwirpClient({ maxAttempts: 1 });
  const { ok, matchedKey } = await client.GetCacheEntryDownloadURL({
    key: prefix,
    restoreKeys: [prefix],
    version: getCacheVersion([file], compressionMethod, crossOs),
  });
  return ok ? matchedKey : undefined;
}

/** Begins to listen to what the library says of one call. */
function listen(): void {
  printed = [];
  lastStatus = undefined;
}

function statusIn(message: unknown): number | undefined {
  if (typeof message !== 'object' || message === null || !('response' in message)) return undefined;
  const { response } = message;
  if (typeof response !== 'object' || response === null || !('statusCode' in response)) return undefined;
  return typeof response.statusCode === 'number' ? response.statusCode : undefined;
}

/** The library throws what it takes for a mistake of the caller, and some of what it does not foresee. */
function thrown(error: unknown, keys: readonly string[]): CacheAnswer {
  const said = error instanceof Error ? `::error::Failed to restore: ${error.message}` : '';
  const trouble = troubleIn({ printed: [said], keys });
  return trouble?.final
    ? { is: 'failed', reason: trouble.reason, final: true }
    : { is: 'failed', reason: nameOf(error) };
}

function nameOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
  return `the workflow cache could not be used${code}`;
}
