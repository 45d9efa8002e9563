import assert from 'node:assert/strict';
import { workflowDispatch } from '../../sandbox/runner/events.ts';
import { logOf, scenario } from './scenario.ts';

scenario(
  'With sign-in-timeout-minutes the code is shown as valid for a shorter time than Entra gives it',
  async ({ runAndSignIn }) => {
    const inputs = { 'sign-in-timeout-minutes': '3' };
    const run = await runAndSignIn(workflowDispatch(), undefined, { inputs });
    assert.match(logOf(run), /The code is good for 3 minutes, until/);
    assert.match(logOf(run), /Sign in at \S+ with the code \S+ \(3 minutes\)/);
  },
);
