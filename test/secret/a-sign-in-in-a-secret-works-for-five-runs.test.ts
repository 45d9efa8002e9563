import assert from 'node:assert/strict';
import { schedule, workflowDispatch } from '../../sandbox/runner/events.ts';
import { logOf } from '../e2e/scenario.ts';
import { secretName, secretScenario } from './secret-scenario.ts';

secretScenario(
  'A sign-in is written to a secret, and five runs go on from it, each writing back what Entra gave it',
  async ({ run, runAndSignIn, stored, sandbox }) => {
    const first = await runAndSignIn(workflowDispatch());
    assert.equal(first.conclusion, 'success', logOf(first));
    assert.equal(first.outputs['saved-to'], 'secret');
    assert.match(logOf(first), /saved to the secret ENTRA_TOKEN_CACHE/);
    assert.match(first.summary, /Saved to \| the secret ENTRA/);
    assert.deepEqual(sandbox.githubApi.secrets().names, [secretName], 'the probe was left behind');

    for (let night = 1; night <= 5; night++) {
      const before = stored();
      const silent = await run(schedule({ runId: 2000 + night }));
      assert.equal(silent.outputs['source'], 'refresh', `night ${night}: ${logOf(silent)}`);
      assert.equal(silent.outputs['saved-to'], 'secret');
      assert.notEqual(stored(), before);
    }
    assert.equal(sandbox.cacheService.requests.length, 0);
  },
  { settings: { accessTokenLifetimeSeconds: 200, rotateAndRevoke: true } },
);
