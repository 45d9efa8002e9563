import assert from 'node:assert/strict';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { workflowDispatch } from '../../sandbox/runner/events.ts';
import { logOf, scenario } from './scenario.ts';

for (const [what, preloaded] of [
  ['in which nothing is left to wait for', 'vanishing-wait.ts'],
  ['that a library ends as if all were well', 'exit-in-the-middle.ts'],
] as const) {
  scenario(`A step ${what} fails and says so`, async ({ sandbox, run }) => {
    sandbox.authority.faults.add('devicecode', { kind: 'hang' });
    const preload = pathToFileURL(join(import.meta.dirname, preloaded)).href;
    const failed = await run(workflowDispatch(), {
      inputs: { 'workflow-cache': 'false' },
      env: { NODE_OPTIONS: `--import ${preload}` },
    });
    assert.equal(failed.exitCode, 1, logOf(failed));
    assert.deepEqual(failed.outputs, { 'error-code': 'internal-error' });
    assert.match(logOf(failed), /The step ended before it was done\./);
  });
}
