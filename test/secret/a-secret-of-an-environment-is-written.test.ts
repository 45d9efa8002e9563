import assert from 'node:assert/strict';
import { schedule, workflowDispatch } from '../../sandbox/runner/events.ts';
import { logOf } from '../e2e/scenario.ts';
import { secretScenario } from './secret-scenario.ts';

secretScenario(
  'The sign-in is saved in a secret of an environment, whatever the name of the environment is',
  async ({ run, runAndSignIn, sandbox }) => {
    const first = await runAndSignIn(workflowDispatch());
    assert.equal(first.outputs['saved-to'], 'secret', logOf(first));
    assert.equal((await run(schedule())).outputs['source'], 'cache');
    assert.deepEqual(sandbox.githubApi.secrets().names, [], 'the repository got a secret too');
  },
  { grants: { environments: 'write' }, inputs: { 'secret-environment': 'night runs? #é & %' } },
);
