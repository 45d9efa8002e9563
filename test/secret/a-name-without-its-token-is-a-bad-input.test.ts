import assert from 'node:assert/strict';
import { workflowDispatch } from '../../sandbox/runner/events.ts';
import { logOf } from '../e2e/scenario.ts';
import { secretScenario } from './secret-scenario.ts';

secretScenario(
  'A secret-name without secret-token is one clear error, before any request',
  async ({ run, entraRequests, githubRequests }) => {
    const bad = await run(workflowDispatch(), { inputs: { 'secret-token': '' } });
    assert.deepEqual(bad.outputs, { 'error-code': 'bad-input' });
    assert.match(logOf(bad), /secret-token is missing or empty, and secret-name needs it/);
    assert.deepEqual([entraRequests(), githubRequests()], [0, []]);
  },
);
