import assert from 'node:assert/strict';
import { scenario } from './scenario.ts';

scenario('A person signs in once, and the next run is silent from act’s cache', async ({ sandbox, run }) => {
  const first = await run('workflow_dispatch');
  assert.equal(first.exitCode, 0, first.log);
  assert.match(first.log, /\| source=sign-in saved-to=workflow-cache username=alice@sandbox\.example$/m);
  assert.match(first.log, /\| token=\*\*\*$/m);
  assert.match(first.log, /\| graph=200 alice@sandbox\.example$/m);

  sandbox.authority.clearRequests();
  const second = await run('schedule');
  assert.equal(second.exitCode, 0, second.log);
  assert.match(second.log, /\| source=cache saved-to= username=alice@sandbox\.example$/m);
  assert.match(second.log, /\| token=\*\*\*$/m);
  assert.match(second.log, /\| graph=200 alice@sandbox\.example$/m);
  assert.deepEqual(
    sandbox.authority.requests.map(({ endpoint }) => endpoint),
    ['me'],
  );
});
