/** Tiny actions for the tests of the runner. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ActionRun } from '../../sandbox/runner/action-run.ts';
import { type RunOptions, runAction, startAction } from '../../sandbox/runner/run-action.ts';
import type { RunningAction } from '../../sandbox/runner/running-action.ts';

export interface FixtureAction extends AsyncDisposable {
  readonly directory: string;
  readonly run: (options?: Omit<RunOptions, 'actionDirectory'>) => Promise<ActionRun>;
  readonly start: (options?: Omit<RunOptions, 'actionDirectory'>) => Promise<RunningAction>;
}

/**
 * Writes an action to a temporary folder.
 *
 * @param main its script, where `core` is `@actions/core` and `fs` is `node:fs`.
 * @param inputs its declared inputs, as the YAML of `action.yml` has them.
 */
export async function fixtureAction(main: string, inputs = '{}'): Promise<FixtureAction> {
  const directory = await mkdtemp(join(tmpdir(), 'fixture-action-'));
  const manifest = `name: Fixture\ninputs: ${inputs}\nruns:\n  using: node24\n  main: main.mjs\n`;
  const imports = [
    `import * as core from ${JSON.stringify(import.meta.resolve('@actions/core'))};`,
    "import * as fs from 'node:fs';",
  ];
  await writeFile(join(directory, 'action.yml'), manifest);
  await writeFile(join(directory, 'main.mjs'), [...imports, main].join('\n'));
  return {
    directory,
    run: (options = {}) => runAction({ ...options, actionDirectory: directory }),
    start: (options = {}) => startAction({ ...options, actionDirectory: directory }),
    [Symbol.asyncDispose]: () => rm(directory, { recursive: true, force: true }),
  };
}
