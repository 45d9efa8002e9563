/** Whether dist/ is what src/ makes, asked by each process of tests, and answered by one build for all of them. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const root = join(import.meta.dirname, '..');
/** What is built, what builds it, and what was built. */
const parts = ['src/**/*.ts', 'scripts/{bundle,licenses}.ts', 'package-lock.json', 'package.json', 'dist/*'];

/** A file whose name is the contents of both; it is there when they belong together. */
function markerPath(): string {
  const hash = createHash('sha256');
  for (const path of globSync(parts, { cwd: root }).sort()) {
    const content = readFileSync(join(root, path));
    hash.update(`${path.replaceAll('\\', '/')} ${content.length}\n`).update(content);
  }
  return join(root, 'node_modules', '.cache', 'fresh-dist', hash.digest('hex'));
}

/** Remembers that dist/ was compared with what src/ makes, and is the same. */
export function rememberFreshDist(): void {
  const path = markerPath();
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, '');
}

/**
 * Compares dist/ with a build of src/, unless these contents were compared before.
 * @throws where they differ, with what to do.
 */
export function requireFreshDist(): void {
  if (existsSync(markerPath())) return;
  const script = join(import.meta.dirname, 'check-dist.ts');
  const { status, stderr } = spawnSync(process.execPath, [script], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
}
