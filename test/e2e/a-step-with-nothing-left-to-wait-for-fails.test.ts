import assert from 'node:assert/strict';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { workflowDispatch } from '../../sandbox/runner/events.ts';
import { logOf, scenario } from './scenario.ts';

scenario('A step whose connection disappears without an error fails and says so', async ({ run }) => {
  const preload = pathToFileURL(join(import.meta.dirname, 'vanishing-connection.ts')).href;
  const failed = await run(workflowDispatch(), { env: { NODE_OPTIONS: `--import ${preload}` } });
  assert.equal(failed.exitCode, 1, logOf(failed));
  assert.deepEqual(failed.outputs, { 'error-code': 'internal-error' });
  assert.match(logOf(failed), /The step ended before it was done\./);
});
