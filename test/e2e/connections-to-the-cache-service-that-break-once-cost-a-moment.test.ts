import assert from 'node:assert/strict';
import { schedule, workflowDispatch } from '../../sandbox/runner/events.ts';
import { scenario } from './scenario.ts';

scenario(
  'One connection to the cache service that breaks while restoring, and one while saving, cost a moment, and the refreshed token is saved',
  async ({ sandbox, run, runAndSignIn }) => {
    sandbox.authority.settings.accessTokenLifetimeSeconds = 200;
    // The older refresh token is of no use to the run that comes after.
    sandbox.authority.settings.rotateAndRevoke = true;
    await runAndSignIn(workflowDispatch());
    sandbox.cacheService.faults.add('lookup', { kind: 'reset' });
    sandbox.cacheService.faults.add('create', { kind: 'reset-after' });

    const second = await run(schedule());
    assert.equal(second.outputs['source'], 'refresh');
    assert.equal(second.outputs['saved-to'], 'workflow-cache');

    const third = await run(schedule());
    assert.equal(third.outputs['source'], 'refresh');
  },
);
