import assert from 'node:assert/strict';
import { schedule, workflowDispatch } from '../../sandbox/runner/events.ts';
import { scenario } from './scenario.ts';

scenario(
  'Where each refresh token works only once, five runs one after another stay silent',
  async ({ run, runAndSignIn }) => {
    await runAndSignIn(workflowDispatch());
    for (let night = 1; night <= 5; night++) {
      const silent = await run(schedule({ runId: 2000 + night }));
      assert.equal(silent.outputs['source'], 'refresh', `night ${night}`);
    }
  },
  { settings: { accessTokenLifetimeSeconds: 200, rotateAndRevoke: true } },
);
