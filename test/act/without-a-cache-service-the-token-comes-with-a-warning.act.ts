import assert from 'node:assert/strict';
import { scenario } from './scenario.ts';

scenario('Without a cache service the token comes with a warning', async ({ run }) => {
  const { exitCode, log } = await run('workflow_dispatch', ['--no-cache-server']);
  assert.equal(exitCode, 0, log);
  assert.match(log, /This runner offers no cache service: a sign-in will not be saved\./);
  assert.match(log, /\| source=sign-in saved-to= username=alice@sandbox\.example$/m);
});
