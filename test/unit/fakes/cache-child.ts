import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CacheProcess } from '../../../src/stores/workflow-cache/cache-process.ts';

/**
 * A program in the place of the one that runs `@actions/cache`.
 * @param body its code, in which `job` is what it was asked for, and `answer(message)` answers
 */
export async function standInChild(body: string): Promise<CacheProcess & AsyncDisposable> {
  const folder = await mkdtemp(join(tmpdir(), 'stand-in-'));
  const program = join(folder, 'child.mjs');
  await writeFile(
    program,
    `process.once('disconnect', () => process.exit());
     const answer = (message) => new Promise((resolve) => process.send(message, undefined, undefined, resolve));
     process.once('message', async (job) => { ${body}\n process.disconnect(); });`,
  );
  return {
    program,
    environment: process.env,
    temporaryFolder: folder,
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}
