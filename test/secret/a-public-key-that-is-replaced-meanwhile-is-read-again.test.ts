import assert from 'node:assert/strict';
import { schedule, workflowDispatch } from '../../sandbox/runner/events.ts';
import { logOf } from '../e2e/scenario.ts';
import { secretScenario } from './secret-scenario.ts';

secretScenario(
  'A public key that is replaced between reading it and using it is read again, once',
  async ({ run, runAndSignIn, sandbox }) => {
    await runAndSignIn(workflowDispatch());
    const { faults, requests } = sandbox.githubApi;
    const asked = requests.length;
    let isRotated = false;
    // No fault strikes: what is planned happens when the first box arrives.
    faults.add(
      ({ names }) => {
        if (names.includes('put') && !isRotated) {
          isRotated = true;
          sandbox.githubApi.secrets().rotateKey();
        }
        return false;
      },
      { kind: 'hang' },
    );

    const silent = await run(schedule());
    assert.equal(silent.outputs['saved-to'], 'secret', logOf(silent));
    assert.deepEqual(
      requests.slice(asked).map(({ method, status }) => `${method} ${status}`),
      ['GET 200', 'PUT 422', 'GET 200', 'PUT 204'],
    );
    assert.equal((await run(schedule())).outputs['source'], 'refresh');
  },
  { settings: { accessTokenLifetimeSeconds: 200 } },
);
