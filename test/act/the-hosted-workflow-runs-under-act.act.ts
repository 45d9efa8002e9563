import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { createActMachine, runAct } from './act.ts';

const workflow = '.github/workflows/e2e.yml';

// Not the action's failure: the workflow asks for it, and goes on.
const wantedFailure = /Failure - Main Ask where nobody may be asked/;

test('The workflow for hosted runners passes under act', async () => {
  await using machine = await createActMachine();
  const { exitCode, log } = await runAct(machine, {
    event: 'workflow_dispatch',
    workflow,
    env: npmAsHere(),
    secrets: {},
    options: [
      '--matrix',
      'os:ubuntu-latest',
      '--matrix',
      'from:ubuntu-latest',
      ...(await nodeIsHere(machine.folder)),
    ],
  });

  assert.equal(exitCode, 0, log);
  assert.match(log, /\| result: sign-in workflow-cache alice@sandbox\.example$/m);
  assert.match(log, /\| Microsoft Graph .* knows the token as Alice’s\.$/m);
  assert.match(log, wantedFailure);
  assert.match(log, /\| result: failure sign-in-needed$/m);
  assert.match(log, /\| result: cache alice@sandbox\.example$/m);
});

/** act would fetch actions/setup-node; Node is on PATH, so an action that does nothing takes its place. */
async function nodeIsHere(folder: string): Promise<string[]> {
  const name = /actions\/setup-node@[0-9a-f]{40}/.exec(await readFile(workflow, 'utf8'))?.[0];
  assert.ok(name, 'the workflow sets up Node');
  const nothing = join(folder, 'nothing');
  await mkdir(nothing);
  await writeFile(
    join(nothing, 'action.yml'),
    'runs: { using: composite, steps: [{ run: node --version, shell: bash }] }\n',
  );
  return ['--local-repository', `${name}=${nothing}`];
}

/** The workflow installs the packages; npm's settings and its cache are this machine's, though act has another home. */
function npmAsHere(): Record<string, string> {
  const home = homedir();
  const authorities = process.env['NODE_EXTRA_CA_CERTS'];
  return {
    npm_config_userconfig: join(home, '.npmrc'),
    npm_config_cache: join(home, '.npm'),
    npm_config_prefer_offline: 'true',
    ...(authorities && { NODE_EXTRA_CA_CERTS: authorities }),
  };
}
