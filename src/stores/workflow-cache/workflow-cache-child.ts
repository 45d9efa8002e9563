/**
 * The process in which `@actions/cache` runs. The library cannot be aborted, writes to the log what is not for the log,
 * and leaves folders behind; here it can be killed, is not heard, and works in a folder that is thrown away.
 *
 * It is started with an IPC channel, takes one {@link CacheJob} as its first message, sends a
 * {@link CacheResponse} for each part, and ends. In between it tells what it waits for, in case it is killed.
 */
import { subscribe } from 'node:diagnostics_channel';
import { lstat, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { isFeatureAvailable, restoreCache, saveCache } from '@actions/cache';
import { stageIn } from './archive-stage.ts';
import { findPackingProblem } from './archive-tools.ts';
import {
  type CacheError,
  cacheErrorIn,
  errorBetweenAttempts,
  errorOfStatus,
  isDownloadGone,
} from './cache-errors.ts';
import {
  CompressionMethod,
  getCacheEntry,
  getCacheServiceVersion,
  getCacheVersion,
  getCompressionMethod,
  internalCacheTwirpClient,
} from './cache-library.ts';
import type { CacheJob, CacheProgress, CacheResponse } from './cache-protocol.ts';
import { restoreAttempts, restoreDelay } from './cache-time-limits.ts';
import type { Sighting } from './other-entries.ts';

// The same text in every run and on every system: the service compares a hash of it.
const file = 'entra-user-token/sign-in.jwe';
const crossOs = true;
const largestEntry = 1_048_576;

/** The library prints what went wrong instead of throwing it. */
let printed: string[] = [];
process.stdout.write = (text: string | Uint8Array): boolean => {
  const line = text.toString();
  printed.push(line);
  const error = errorBetweenAttempts(line);
  if (error) reportFailing(error);
  const stage = stageIn(line);
  if (stage) reportProgress({ kind: 'stage', stage });
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
// The parent has gone: nobody waits for the response.
process.once('disconnect', () => process.exit());

async function work(job: CacheJob): Promise<void> {
  try {
    await (job.kind !== 'probe' && !isFeatureAvailable() ? respond({ kind: 'absent' }) : doJob(job));
  } catch (error) {
    await respond({ kind: 'failed', reason: nameOf(error), final: true });
  }
  process.disconnect();
}

async function doJob(job: CacheJob): Promise<void> {
  switch (job.kind) {
    case 'restore':
      return restoreAll(job.prefixes);
    case 'save':
      return respond(await save(job.key, job.text));
    case 'probe':
      return respond(await probe());
    case 'look-up':
      return respond({ kind: 'seen', sightings: await lookUp(job.prefixes) });
  }
}

function respond(message: CacheResponse): Promise<void> {
  return new Promise((resolve) => process.send?.(message, undefined, undefined, () => resolve()));
}

function reportFailing({ reason }: CacheError): void {
  reportProgress({ kind: 'failing', reason });
}

function reportProgress(progress: CacheProgress): void {
  process.send?.(progress, undefined, undefined, () => undefined);
}

async function restoreAll(prefixes: readonly string[]): Promise<void> {
  for (const [index, prefix] of prefixes.entries()) {
    const outcome = await restoreWithRetries(prefix);
    // A lasting refusal is the same for all prefixes.
    const isLast = outcome.kind === 'failed' && outcome.final;
    for (const _ of isLast ? prefixes.slice(index) : [prefix]) await respond(outcome);
    if (isLast) return;
  }
}

/** The library itself gives up at the first connection that breaks. */
async function restoreWithRetries(prefix: string): Promise<CacheResponse> {
  for (let attempt = 1; ; attempt++) {
    const outcome = await restore(prefix);
    if (outcome.kind !== 'failed' || outcome.final || attempt === restoreAttempts) return outcome;
    reportFailing(outcome);
    await delay(restoreDelay);
  }
}

async function restore(prefix: string): Promise<CacheResponse> {
  listen();
  try {
    await rm(dirname(file), { recursive: true, force: true });
    const key = await restoreCache([file], prefix, [prefix], undefined, crossOs);
    if (key !== undefined) return await readEntry(key);
    const error = cacheErrorIn({ printed, keys: [prefix], lastStatus });
    if (!error) return { kind: 'miss' };
    if (isDownloadGone({ printed, lastStatus })) return { kind: 'broken' };
    return error.isArchive ? await notUnpacked() : { kind: 'failed', ...error };
  } catch (error) {
    return thrown(error, [prefix]);
  }
}

/** What was to be unpacked is no archive, or this machine cannot unpack, or what came was the page of an error. */
async function notUnpacked(): Promise<CacheResponse> {
  const error = errorOfStatus(lastStatus);
  if (error) return { kind: 'failed', ...error };
  const reason = await findPackingProblem(file);
  return reason ? { kind: 'failed', reason, final: true } : { kind: 'broken' };
}

/** What was unpacked is somebody's bytes: only a plain file of a plausible size is read. */
async function readEntry(key: string): Promise<CacheResponse> {
  const stats = await lstat(file).catch(() => undefined);
  if (!stats?.isFile() || stats.size > largestEntry) return { kind: 'broken' };
  return { kind: 'hit', key, text: await readFile(file, 'utf8') };
}

async function save(key: string, text: string): Promise<CacheResponse> {
  listen();
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    await writeFile(file, text, { mode: 0o600 });
    const id = await saveCache([file], key, undefined, crossOs);
    if (id >= 0) return { kind: 'saved' };
    const error = cacheErrorIn({ printed, keys: [key], lastStatus });
    if (error?.isArchive) return notPacked(error);
    return { kind: 'failed', ...(error ?? { reason: 'the cache service did not accept the entry' }) };
  } catch (error) {
    return thrown(error, [key]);
  }
}

async function notPacked({ reason }: CacheError): Promise<CacheResponse> {
  return { kind: 'failed', reason: (await findPackingProblem(file)) ?? reason, final: true };
}

async function probe(): Promise<CacheResponse> {
  const reason = await findPackingProblem(file);
  return reason ? { kind: 'failed', reason, final: true } : { kind: 'able' };
}

/** One request for each compression, which is part of what an entry is looked for by. The first prefix that an entry has counts. */
async function lookUp(prefixes: readonly string[]): Promise<readonly Sighting[]> {
  const own = await getCompressionMethod();
  const sightings: Sighting[] = [];
  for (const method of [CompressionMethod.ZstdWithoutLong, CompressionMethod.Gzip]) {
    const compression = method === CompressionMethod.Gzip ? 'gzip' : 'zstd';
    sightings.push({ compression, isOwn: method === own, key: await newestKey(prefixes, method) });
  }
  return sightings;
}

async function newestKey(
  prefixes: readonly string[],
  compressionMethod: CompressionMethod,
): Promise<string | undefined> {
  if (getCacheServiceVersion() === 'v1') {
    const options = { compressionMethod, enableCrossOsArchive: crossOs };
    return (await getCacheEntry([...prefixes], [file], options))?.cacheKey;
  }
  const client = internalCacheTwirpClient({ maxAttempts: 1 });
  const { ok, matchedKey } = await client.GetCacheEntryDownloadURL({
    key: prefixes[0] ?? '',
    restoreKeys: [...prefixes],
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
function thrown(error: unknown, keys: readonly string[]): CacheResponse {
  const said = error instanceof Error ? `::error::Failed to restore: ${error.message}` : '';
  const known = cacheErrorIn({ printed: [said], keys });
  return known?.final
    ? { kind: 'failed', reason: known.reason, final: true }
    : { kind: 'failed', reason: nameOf(error) };
}

function nameOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
  return `the workflow cache could not be used${code}`;
}
