import assert from 'node:assert/strict';
import { workflowDispatch } from '../../sandbox/runner/events.ts';
import { logOf, scenario, shownCode } from './scenario.ts';

scenario('A person who presses Cancel ends the step with a word that says so', async ({ sandbox, start }) => {
  const running = await start(workflowDispatch());
  await sandbox.authority.decline(await shownCode(running));
  const run = await running.finished;
  assert.deepEqual(run.outputs, { 'error-code': 'sign-in-declined' });
  assert.match(logOf(run), /pressed Cancel/);
});
