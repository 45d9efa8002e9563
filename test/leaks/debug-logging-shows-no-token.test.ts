import assert from 'node:assert/strict';
import { schedule, workflowDispatch } from '../../sandbox/runner/events.ts';
import type { StepOptions } from '../../sandbox/sandbox.ts';
import { logOf, scenario } from '../e2e/scenario.ts';

const debug: StepOptions = {
  debug: true,
  env: {
    ACTIONS_STEP_DEBUG: 'true',
    ACTIONS_RUNNER_DEBUG: 'true',
    NODE_DEBUG: 'http,https,net,tls,fetch,undici',
    DEBUG: '*',
  },
};

scenario(
  'With debug logging on, signing in, refreshing and a sign-in that no longer works show no token',
  async ({ sandbox, run, runAndSignIn }) => {
    sandbox.authority.settings.accessTokenLifetimeSeconds = 60;
    const first = await runAndSignIn(workflowDispatch(), undefined, debug);
    assert.match(logOf(first), /##\[debug\]/);
    assert.equal(first.outputs['source'], 'sign-in');

    const refreshed = await run(schedule(), debug);
    assert.equal(refreshed.outputs['source'], 'refresh');

    sandbox.authority.faults.add(
      'token',
      {
        kind: 'respond',
        status: 400,
        body: '{"error":"invalid_grant","error_description":"AADSTS50173: revoked","error_codes":[50173]}',
      },
      { times: Number.POSITIVE_INFINITY },
    );
    const dead = await run(schedule(), debug);
    assert.deepEqual(dead.outputs, { 'error-code': 'sign-in-needed' });
  },
);
