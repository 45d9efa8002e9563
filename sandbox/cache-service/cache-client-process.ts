/** The process that calls `@actions/cache` once; see `cache-client.ts`, which starts it. */
import { restoreCache, saveCache } from '@actions/cache';

export interface CacheJob {
  readonly kind: 'save' | 'restore';
  readonly paths: readonly string[];
  readonly key: string;
  readonly restoreKeys?: readonly string[];
  readonly enableCrossOsArchive?: boolean;
  /** Longest timer in milliseconds: the library waits seconds between its attempts. */
  readonly longestTimer?: number;
}

/** `saveCache` returns an entry's number, or -1; `restoreCache` the key it found, or nothing. */
export type CacheJobResult =
  | { readonly kind: 'returned'; readonly value?: number | string }
  | { readonly kind: 'threw'; readonly name: string; readonly message: string };

async function run(job: CacheJob): Promise<CacheJobResult> {
  const paths = [...job.paths];
  try {
    const value =
      job.kind === 'save'
        ? await saveCache(paths, job.key, undefined, job.enableCrossOsArchive)
        : await restoreCache(
            paths,
            job.key,
            [...(job.restoreKeys ?? [])],
            undefined,
            job.enableCrossOsArchive,
          );
    return value === undefined ? { kind: 'returned' } : { kind: 'returned', value };
  } catch (error) {
    return error instanceof Error
      ? { kind: 'threw', name: error.name, message: error.message }
      : { kind: 'threw', name: 'unknown', message: String(error) };
  }
}

function shortenTimers(longest: number): void {
  const { setTimeout: original } = globalThis;
  const shortened = (callback: () => void, milliseconds = 0) =>
    original(callback, Math.min(milliseconds, longest));
  globalThis.setTimeout = Object.assign(shortened, original);
}

const job: CacheJob = JSON.parse(process.argv[2] ?? '');
if (job.longestTimer !== undefined) shortenTimers(job.longestTimer);
const result = await run(job);
process.send?.(result, () => process.disconnect());
