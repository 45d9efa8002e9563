import assert from 'node:assert/strict';
import { alice, bob } from '../../sandbox/authority/directory.ts';
import { schedule, workflowDispatch } from '../../sandbox/runner/events.ts';
import { logOf, scenario, shownCode } from '../e2e/scenario.ts';
import { graphAndMail, secondCode } from './two-resources.ts';

scenario(
  'Somebody else at the second code ends the run, and the first sign-in is saved',
  async ({ sandbox, start, run }) => {
    const running = await start(workflowDispatch(), { inputs: graphAndMail });
    const code = await shownCode(running);
    await sandbox.authority.signIn(code, alice.username);
    await sandbox.authority.signIn(await secondCode(running, code), bob.username);
    const failed = await running.finished;
    assert.deepEqual(failed.outputs, { 'error-code': 'wrong-account' });
    assert.match(logOf(failed), /the first token is alice@.*'s, and bob@.* entered the second code/);
    assert.match(
      logOf(failed),
      /Nothing was output\. The sign-in itself works, and was saved to the workflow cache/,
    );
    assert.match(failed.summary, /Sign-in failed.*sign-in before it is saved to the workflow cache/s);

    const alone = await run(schedule());
    assert.deepEqual([alone.outputs['source'], alone.outputs['username']], ['cache', alice.username]);
  },
);
