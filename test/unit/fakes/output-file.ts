import { mkdtempSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';

/** A folder for one test, and in it the file that the runner makes for the outputs of a step. */
export function outputFile(context: TestContext, content = ''): { folder: string; path: string } {
  const folder = mkdtempSync(join(tmpdir(), 'entra-outputs-'));
  const path = join(folder, 'set_output');
  writeFileSync(path, content);
  outputsGoTo(context, path);
  context.after(() => rm(folder, { recursive: true, force: true }));
  return { folder, path };
}

/** What GITHUB_OUTPUT says during one test; undefined for no such variable. */
export function outputsGoTo(context: TestContext, path: string | undefined): void {
  const before = process.env['GITHUB_OUTPUT'];
  set(path);
  context.after(() => set(before));
}

function set(path: string | undefined): void {
  if (path === undefined) delete process.env['GITHUB_OUTPUT'];
  else process.env['GITHUB_OUTPUT'] = path;
}
