import assert from 'node:assert/strict';
import { workflowDispatch } from '../../sandbox/runner/events.ts';
import { logOf, scenario } from './scenario.ts';

scenario('A proxy that asks for a password is named at once', async ({ sandbox, run }) => {
  sandbox.proxy.faults.add(
    'login.microsoftonline.com',
    { kind: 'respond', status: 407 },
    { times: Number.POSITIVE_INFINITY },
  );
  const blocked = await run(workflowDispatch());
  assert.deepEqual(blocked.outputs, { 'error-code': 'entra-unavailable' });
  assert.match(logOf(blocked), /the proxy asks for a user name and password \(407\)/);
});

scenario(
  'A certificate that nobody vouches for is named at once, with the variable that fixes it',
  async ({ run, entraRequests }) => {
    const blocked = await run(workflowDispatch(), { env: { NODE_EXTRA_CA_CERTS: '' } });
    assert.deepEqual(blocked.outputs, { 'error-code': 'entra-unavailable' });
    assert.match(logOf(blocked), /certificate is not trusted.*NODE_EXTRA_CA_CERTS/);
    assert.equal(entraRequests(), 0);
  },
);

scenario(
  'An authority that MSAL does not know is trusted, since the workflow names it',
  async ({ runAndSignIn }) => {
    const inputs = { authority: 'https://authority.sandbox.example/organizations' };
    const run = await runAndSignIn(workflowDispatch(), undefined, { inputs });
    assert.equal(run.outputs['source'], 'sign-in', logOf(run));
  },
);
