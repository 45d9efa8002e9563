import assert from 'node:assert/strict';
import { alice } from '../../sandbox/authority/directory.ts';
import { schedule, workflowDispatch } from '../../sandbox/runner/events.ts';
import { logOf } from '../e2e/scenario.ts';
import { secretScenario } from './secret-scenario.ts';

secretScenario(
  'A secret whose sign-in was revoked stays as it is until somebody signs in, and is then replaced',
  async ({ run, runAndSignIn, stored, githubRequests, sandbox }) => {
    await runAndSignIn(workflowDispatch());
    const dead = stored();
    const asked = githubRequests().length;
    sandbox.authority.revokeSessions(alice.username);

    const night = await run(schedule());
    assert.deepEqual(night.outputs, { 'error-code': 'sign-in-needed' });
    assert.deepEqual([stored(), githubRequests().length], [dead, asked]);

    const again = await runAndSignIn(workflowDispatch());
    assert.equal(again.outputs['saved-to'], 'secret', logOf(again));
    assert.equal((await run(schedule())).outputs['source'], 'refresh');
  },
  { settings: { accessTokenLifetimeSeconds: 200 } },
);
