import assert from 'node:assert/strict';
import { scenario } from './scenario.ts';

scenario('A job that fails tells the next step why', async ({ sandbox, run }) => {
  const { exitCode, log } = await run('schedule');
  assert.equal(exitCode, 1, log);
  assert.match(log, /Somebody must sign in, and nobody can be asked in this run\./);
  assert.match(log, /\| error-code=sign-in-needed$/m);
  assert.match(log, /Job failed/);
  assert.doesNotMatch(log, /\| source=/, 'the steps that need the token do not run');
  assert.deepEqual(sandbox.authority.requests, []);
});
