import assert from 'node:assert/strict';
import { workflowDispatch } from '../../sandbox/runner/events.ts';
import { logOf } from '../e2e/scenario.ts';
import { secretScenario } from './secret-scenario.ts';

secretScenario(
  'When GitHub cannot say now whether the secret can be written, the sign-in goes on, and is saved afterwards',
  async ({ runAndSignIn, sandbox }) => {
    sandbox.githubApi.faults.add('put', {
      kind: 'respond',
      status: 429,
      headers: { 'retry-after': '600' },
    });
    const first = await runAndSignIn(workflowDispatch());
    assert.match(logOf(first), /could not test whether the secret ENTRA_TOKEN_CACHE can be written.*429/);
    assert.equal(first.outputs['saved-to'], 'secret');
  },
);

secretScenario(
  'A connection that breaks and a server that fails are tried again, before the sign-in and after it',
  async ({ runAndSignIn, sandbox, githubRequests }) => {
    sandbox.githubApi.faults.add('public-key', { kind: 'reset' });
    sandbox.githubApi.faults.add('put', { kind: 'respond', status: 502 }, { after: 1 });
    const first = await runAndSignIn(workflowDispatch());
    assert.equal(first.outputs['saved-to'], 'secret', logOf(first));
    assert.deepEqual(githubRequests(), [
      'GET undefined',
      'GET 200',
      'PUT 201',
      'DELETE 204',
      'GET 200',
      'PUT 502',
      'PUT 201',
    ]);
  },
);

secretScenario('A probe that cannot be deleted is reported by name', async ({ runAndSignIn, sandbox }) => {
  sandbox.githubApi.faults.add('delete', {
    kind: 'respond',
    status: 429,
    headers: { 'retry-after': '600' },
  });
  const first = await runAndSignIn(workflowDispatch());
  assert.match(logOf(first), /ENTRA_TOKEN_CACHE_PROBE, which was written as a test, could not be deleted/);
  assert.equal(first.outputs['saved-to'], 'secret');
});
