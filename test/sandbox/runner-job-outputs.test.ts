import assert from 'node:assert/strict';
import test from 'node:test';
import { jobOutputs } from '../../sandbox/runner/job-outputs.ts';
import { fixtureAction } from './runner-fixture-action.ts';

test('of a step only outputs without secrets reach another job', async () => {
  await using action = await fixtureAction(`
    core.setSecret('secret-1');
    core.setOutput('access-token', 'secret-1');
    core.setOutput('unmasked-jwt', 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0.c2ln');
    core.setOutput('username', 'alice@contoso.com');
    core.setOutput('empty', '');
  `);
  await using run = await action.run();
  const job = jobOutputs(run);
  assert.deepEqual(job.outputs, { username: 'alice@contoso.com' });
  assert.deepEqual(job.dropped, ['access-token', 'unmasked-jwt']);
  assert.equal(job.log[0], "Warning: Skip output 'access-token' since it may contain secret.");
});
