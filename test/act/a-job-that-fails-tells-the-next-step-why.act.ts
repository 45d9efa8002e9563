import assert from 'node:assert/strict';
import { scenario } from './scenario.ts';

scenario('A job that fails tells the next step why', async ({ sandbox, run }) => {
  const { exitCode, log } = await run('schedule');
  assert.equal(exitCode, 1, log);
  assert.match(log, /Someone must sign in, and this run cannot ask anyone\./);
  assert.match(log, /\| error-code=sign-in-needed$/m);
  assert.match(log, /Job failed/);
  assert.doesNotMatch(log, /\| source=/, 'the steps that need the token do not run');
  assert.deepEqual(sandbox.authority.requests, []);
});
