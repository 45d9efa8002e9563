import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import budget from '../../bench/budget.json' with { type: 'json' };
import { distBytes, type Footprint, footprintOf } from '../../bench/footprint.ts';
import { pathNames, prepareSteps } from '../../bench/step.ts';
import { startSandbox } from '../../sandbox/sandbox.ts';
import '../e2e/fresh-dist.ts';
import { exceeded } from './exceeded.ts';

const sandbox = await startSandbox();
const steps = await prepareSteps(sandbox);
after(async () => {
  await steps.dispose();
  await sandbox.stop();
});

const network = ['node:http', 'node:https', 'node:net', 'node:tls', 'https-transport.js'];
const cacheProcess = ['node:child_process', 'workflow-cache-store.js'];
const sealing = ['webapi.js'];
const everything = [...network, ...cacheProcess, ...sealing];
const neverLoaded = {
  'token-cache': everything,
  'workflow-cache': network,
  refresh: [...cacheProcess, ...sealing],
  save: [],
} as const;

for (const path of pathNames) {
  test(`A silent run by the path ${path} loads, asks and starts no more than its budget`, async () => {
    const { modules, ...footprint } = await footprintOf(steps.paths[path], sandbox);
    assert.deepEqual(exceeded(footprint satisfies Footprint, budget.paths[path]), []);
    const unused = neverLoaded[path].filter((name) => modules.includes(name));
    assert.deepEqual(unused, [], 'something is loaded that this path does not use');
  });
}

test('The path that does everything loads all that the others are said not to load', async () => {
  const { modules } = await footprintOf(steps.paths.save, sandbox);
  assert.deepEqual(
    everything.filter((name) => !modules.includes(name)),
    [],
  );
});

test('What is committed in dist/ stays within its budget', async () => {
  assert.ok(
    (await distBytes()) <= budget.dist.bytes,
    `${await distBytes()} bytes, budget ${budget.dist.bytes}`,
  );
});
