/**
 * Makes small changes to one source file, one at a time, and runs the file's tests on each. Lists the changes that no test
 * notices: `npm run mutate -- src/entra/scopes.ts`.
 */
import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  globSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import tests from './tests.json' with { type: 'json' };

/** Percentage of the changes that the tests of a file must notice. */
const minimumScore = 90;

const here = import.meta.dirname;
const root = join(here, '..', '..');

/**
 * Finds the tests of a source file.
 *
 * @param source as tests.json names it: from the root of the repository, with slashes
 * @throws when it has none: a file without tests must not pass for well tested
 */
export function testsOf(source: string): readonly string[] {
  const patterns = new Map<string, readonly string[]>(Object.entries(tests)).get(source) ?? [];
  const files = globSync([...patterns], { cwd: root })
    .map(withSlashes)
    .sort();
  if (files.length === 0)
    throw new Error(`${source} has no tests in tools/mutation/tests.json. Name them there.`);
  return files;
}

/** @see https://stryker-mutator.io/docs/stryker-js/configuration */
function strykerOptions(source: string): object {
  const [last, ...others] = testsOf(source).toReversed();
  return {
    mutate: [source],
    testRunner: 'tap',
    // One process for all tests of a change: starting a process takes longer than most tests.
    tap: {
      testFiles: [last],
      nodeArgs: ['--test', '--test-isolation=none', '--test-reporter=tap', ...others, '{{testFile}}'],
    },
    plugins: ['@stryker-mutator/tap-runner'],
    // There is no such file. StrykerJS would rewrite tsconfig.json with an API that TypeScript 7 no longer has.
    tsconfigFile: 'none.json',
    concurrency: 2,
    // A change must not pass for an endless loop because the machine is busy.
    timeoutMS: 30_000,
    reporters: ['clear-text'],
    clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
    thresholds: { high: 100, low: minimumScore, break: minimumScore },
    // Git and Biome ignore this folder.
    tempDirName: '.tools/mutation',
    cleanTempDir: 'always',
    ignorePatterns: ['.tools', 'tools/*/node_modules', 'dist'],
  };
}

/** The lock file of what is installed. npm removes it with the folder whenever it installs. */
const installed = join(here, 'node_modules', '.installed.json');

function installStryker(): void {
  const lockFile = join(here, 'package-lock.json');
  if (existsSync(installed) && readFileSync(installed).equals(readFileSync(lockFile))) return;
  const npm = process.env['npm_execpath'];
  if (!npm) throw new Error('Run this by "npm run mutate -- FILE".');
  const { status } = spawnSync(
    process.execPath,
    [npm, 'ci', '--prefix', here, '--ignore-scripts', '--no-audit', '--no-fund'],
    { stdio: 'inherit' },
  );
  if (status !== 0) throw new Error('npm could not install StrykerJS in tools/mutation/.');
  copyFileSync(lockFile, installed);
}

/** @returns the exit code: 0 when the tests notice enough changes */
function mutate(source: string): number {
  const options = strykerOptions(source);
  installStryker();
  const folder = mkdtempSync(join(tmpdir(), 'mutate-'));
  try {
    const file = join(folder, 'options.json');
    writeFileSync(file, JSON.stringify(options));
    const stryker = join(here, 'node_modules', '@stryker-mutator', 'core', 'bin', 'stryker.js');
    const { status } = spawnSync(process.execPath, [stryker, 'run', file], {
      cwd: root,
      stdio: 'inherit',
      // Halves the time: only the changed file is compiled for each change.
      env: { ...process.env, NODE_COMPILE_CACHE: join(folder, 'compiled') },
    });
    return status ?? 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function withSlashes(path: string): string {
  return path.replaceAll('\\', '/');
}

if (import.meta.main) {
  const [file, ...others] = process.argv.slice(2);
  try {
    if (!file || others.length > 0)
      throw new Error('Name one source file: npm run mutate -- src/entra/scopes.ts');
    process.exitCode = mutate(withSlashes(relative(root, file)));
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
