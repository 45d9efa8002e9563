import { execFile } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import {
  CompressionMethod,
  createTar,
  extractTar,
  getCacheFileName,
  getCompressionMethod,
} from './cache-library.ts';

const contents = 'What is packed comes out again.';

/**
 * Packs a small file and unpacks it again as `@actions/cache` does it, in the working directory, which must be the
 * library's workspace. The library takes whatever is named tar and zstd, so that only a try tells whether they will do.
 * @param file path of the small file, relative to the working directory
 * @returns why this machine cannot pack or unpack, and what to install; undefined when it can
 */
export async function findPackingProblem(file: string): Promise<string | undefined> {
  const compression = await getCompressionMethod();
  try {
    return (await packAndUnpack(file, compression)) ? undefined : await missingTool(compression);
  } catch {
    return missingTool(compression);
  }
}

async function packAndUnpack(file: string, compression: CompressionMethod): Promise<boolean> {
  const folder = join(process.cwd(), 'archive-of-a-probe');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  await writeFile(file, contents, { mode: 0o600 });
  await createTar(folder, [file], compression);
  await rm(file);
  await extractTar(join(folder, getCacheFileName(compression)), compression);
  return (await readFile(file, 'utf8')) === contents;
}

async function missingTool(compression: CompressionMethod): Promise<string> {
  const tar = await versionOf('tar');
  if (tar === undefined) return cannotPack('tar is not installed');
  // Others may do, BSD's for example; that of BusyBox does not know the options.
  if (!/GNU tar|bsdtar/.test(tar)) return cannotPack('its tar is not GNU tar');
  if (compression === CompressionMethod.Gzip) {
    return cannotPack((await versionOf('gzip')) === undefined ? 'gzip is not installed' : 'tar failed');
  }
  const programs = await Promise.all(['zstdmt', 'unzstd'].map(versionOf));
  return cannotPack(
    programs.includes(undefined) ? 'zstd is installed, but zstdmt and unzstd are not' : 'tar failed',
  );
}

function cannotPack(cause: string): string {
  return `this machine cannot pack and unpack archives (${cause}): install GNU tar, and gzip or zstd, and make room on the disk`;
}

/** Undefined when there is no such program, or it fails. */
async function versionOf(program: string): Promise<string | undefined> {
  try {
    const { stdout, stderr } = await promisify(execFile)(program, ['--version'], { windowsHide: true });
    return stdout + stderr;
  } catch (error) {
    return program === 'tar' && !isNotFound(error) ? '' : undefined;
  }
}

function isNotFound(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
