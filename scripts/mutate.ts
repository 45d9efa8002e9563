/**
 * Makes small changes to one source, one at a time, and runs its tests on each: a change that no test notices is told.
 * `npm run mutate -- src/entra/scopes.ts`
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
import tests from '../tools/mutation/tests.json' with { type: 'json' };

/** Percent of the changes that the tests of a source must notice. */
const leastScore = 90;

const root = join(import.meta.dirname, '..');
const tools = join(root, 'tools', 'mutation');

/**
 * The tests of a source.
 *
 * @param source as it is named in tools/mutation/tests.json: from the root, with slashes
 * @throws where it has none: a source without tests must not count as well tested
 */
export function testsOf(source: string): readonly string[] {
  const patterns = Object.entries<readonly string[]>(tests).find(([name]) => name === source)?.[1] ?? [];
  const files = globSync([...patterns], { cwd: root })
    .map(withSlashes)
    .sort();
  if (files.length === 0)
    throw new Error(`${source} has no tests in tools/mutation/tests.json. Name them there.`);
  return files;
}

/** The options of StrykerJS. @see https://stryker-mutator.io/docs/stryker-js/configuration */
function optionsFor(source: string): object {
  const [last, ...others] = testsOf(source).toReversed();
  return {
    mutate: [source],
    testRunner: 'tap',
    // All tests in one process for each change: the start of a process takes longer than the tests.
    tap: {
      testFiles: [last],
      nodeArgs: ['--test', '--test-isolation=none', '--test-reporter=tap', ...others, '{{testFile}}'],
    },
    plugins: ['@stryker-mutator/tap-runner'],
    // There is no such file. StrykerJS would rewrite tsconfig.json with an API that TypeScript 7 does not have.
    tsconfigFile: 'none.json',
    concurrency: 2,
    // A busy machine must not pass for a change that never ends.
    timeoutMS: 30_000,
    reporters: ['clear-text'],
    clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
    thresholds: { high: 100, low: leastScore, break: leastScore },
    // Where neither git nor the linter looks.
    tempDirName: '.tools/mutation',
    cleanTempDir: 'always',
    ignorePatterns: ['.tools', 'tools', 'dist'],
  };
}

/** StrykerJS has more packages than all else here together, so `npm ci` leaves it out. */
function installStryker(): void {
  const wanted = join(tools, 'package-lock.json');
  const installed = join(tools, 'node_modules', 'installed-lock.json');
  if (existsSync(installed) && readFileSync(installed).equals(readFileSync(wanted))) return;
  const npm = process.env['npm_execpath'];
  if (!npm) throw new Error('Run this by "npm run mutate -- FILE".');
  const { status } = spawnSync(process.execPath, [npm, 'ci', '--ignore-scripts', '--prefix', tools], {
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error('StrykerJS could not be installed.');
  copyFileSync(wanted, installed);
}

/** @returns the exit code: 0 where the tests notice enough */
function mutate(source: string): number {
  const options = optionsFor(source);
  installStryker();
  const folder = mkdtempSync(join(tmpdir(), 'mutate-'));
  try {
    const file = join(folder, 'options.json');
    writeFileSync(file, JSON.stringify(options));
    const stryker = join(tools, 'node_modules', '@stryker-mutator', 'core', 'bin', 'stryker.js');
    const { status } = spawnSync(process.execPath, [stryker, 'run', file], {
      cwd: root,
      stdio: 'inherit',
      // Halves the time: what did not change is not compiled again for each change.
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
  const [file, ...more] = process.argv.slice(2);
  try {
    if (!file || more.length > 0) throw new Error('Name one source: npm run mutate -- src/entra/scopes.ts');
    process.exitCode = mutate(withSlashes(relative(root, file)));
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
