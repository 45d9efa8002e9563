/**
 * The real `@actions/cache` in a process of its own, with a workspace and temporary folder of its own: the library
 * reads its settings from the environment, writes to the workspace and prints to standard output.
 */
import { fork } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { CacheJob, CacheJobResult } from './cache-client-process.ts';

/** Files by their path relative to the workspace. */
export type Files = Readonly<Record<string, string>>;

export interface PlantedFiles {
  readonly files: Files;
  /** The paths as they are given to the client when the entry is restored: its version depends on their text. */
  readonly paths: readonly string[];
  /** Default: true. */
  readonly enableCrossOsArchive?: boolean;
}

export interface CacheClientRun {
  /** What the library returned or threw; `undefined` where the process was ended from outside. */
  readonly result: CacheJobResult | undefined;
  /** Everything it printed. */
  readonly output: string;
  /** The files in its workspace afterwards. */
  readonly files: Files;
}

/**
 * Runs one call of the library.
 *
 * @param env variables of a cache service, as `CacheService.env` gives them, and whatever else the test sets.
 * @param files what its workspace holds beforehand.
 */
export async function runCacheClient(
  job: CacheJob,
  env: Readonly<Record<string, string>>,
  files: Files = {},
): Promise<CacheClientRun> {
  const folder = await mkdtemp(join(tmpdir(), 'cache-client-'));
  try {
    const workspace = join(folder, 'workspace');
    const temporary = join(folder, 'temp');
    await mkdir(workspace);
    await mkdir(temporary);
    await writeFiles(workspace, files);
    const child = fork(
      fileURLToPath(new URL('cache-client-process.ts', import.meta.url)),
      [JSON.stringify(job)],
      {
        cwd: workspace,
        env: {
          PATH: process.env['PATH'],
          GITHUB_WORKSPACE: workspace,
          RUNNER_TEMP: temporary,
          TMPDIR: temporary,
          // The library is half a second of compiling, and dozens of tests call it.
          NODE_COMPILE_CACHE: join(tmpdir(), 'entra-sandbox-compile-cache'),
          ...env,
        },
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      },
    );
    let result: CacheJobResult | undefined;
    child.on('message', (message: CacheJobResult) => {
      result = message;
    });
    const [output, errors] = await Promise.all([read(child.stdout), read(child.stderr)]);
    return { result, output: output + errors, files: await readFiles(workspace) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Saves files as one entry. The key is of no account: who calls gives the entry another. */
export async function archiveFiles(
  planted: PlantedFiles,
  env: Readonly<Record<string, string>>,
): Promise<void> {
  const { files, paths, enableCrossOsArchive = true } = planted;
  const job = { kind: 'save', paths, key: 'planted', enableCrossOsArchive } as const;
  const run = await runCacheClient(job, env, files);
  if (run.result?.kind !== 'returned' || run.result.value === -1) {
    throw new Error(`The cache client did not save the planted files:\n${run.output}`);
  }
}

async function writeFiles(folder: string, files: Files): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
}

async function readFiles(folder: string): Promise<Files> {
  const found: Record<string, string> = {};
  for (const item of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!item.isFile()) continue;
    const path = join(item.parentPath, item.name);
    found[path.slice(folder.length + 1).replaceAll('\\', '/')] = await readFile(path, 'utf8');
  }
  return found;
}

async function read(stream: NodeJS.ReadableStream | null): Promise<string> {
  return stream === null ? '' : await text(stream);
}
