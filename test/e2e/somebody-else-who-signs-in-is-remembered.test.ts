import assert from 'node:assert/strict';
import { alice, bob } from '../../sandbox/authority/directory.ts';
import { schedule, workflowDispatch } from '../../sandbox/runner/events.ts';
import { logOf, scenario } from './scenario.ts';

scenario(
  'Somebody else who signs in after the first sign-in was revoked is remembered',
  async ({ sandbox, run, runAndSignIn }) => {
    sandbox.authority.settings.accessTokenLifetimeSeconds = 200;
    await runAndSignIn(workflowDispatch(), alice.username);
    sandbox.authority.revokeSessions(alice.username);

    const second = await runAndSignIn(workflowDispatch(), bob.username);
    assert.match(logOf(second), /ignored: the sign-in was revoked.*AADSTS50173/);
    assert.equal(second.outputs['username'], bob.username);

    const third = await run(schedule());
    assert.equal(third.outputs['source'], 'refresh');
    assert.equal(third.outputs['username'], bob.username);
  },
);
