import assert from 'node:assert/strict';
import { workflowDispatch } from '../../sandbox/runner/events.ts';
import { logOf, scenario } from './scenario.ts';

scenario(
  'One reset, one 503 and one page of HTML cost a moment, not the run',
  async ({ sandbox, run, runAndSignIn }) => {
    sandbox.authority.settings.accessTokenLifetimeSeconds = 200;
    await runAndSignIn(workflowDispatch());
    sandbox.authority.faults.add('token:refresh_token', { kind: 'reset' });
    sandbox.authority.faults.add('token:refresh_token', { kind: 'respond', status: 503, body: 'busy' });
    sandbox.authority.faults.add('token:refresh_token', {
      kind: 'respond',
      status: 200,
      body: '<html>welcome to our network</html>',
    });

    const second = await run(workflowDispatch());
    assert.equal(second.outputs['source'], 'refresh');
    assert.match(logOf(second), /Retrying in/);
    assert.doesNotMatch(logOf(second), /welcome|enter code/);
  },
);
