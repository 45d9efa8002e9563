import assert from 'node:assert/strict';
import { workflowDispatch } from '../../sandbox/runner/events.ts';
import { logOf, scenario } from './scenario.ts';

scenario(
  'NODE_TLS_REJECT_UNAUTHORIZED=0 in the job lets no certificate through that nobody vouches for',
  async ({ run, entraRequests }) => {
    const env = { NODE_TLS_REJECT_UNAUTHORIZED: '0', NODE_EXTRA_CA_CERTS: '' };
    const blocked = await run(workflowDispatch(), { env });
    assert.deepEqual(blocked.outputs, { 'error-code': 'entra-unavailable' });
    assert.match(
      logOf(blocked),
      /NODE_TLS_REJECT_UNAUTHORIZED=0 is ignored: certificates are checked.*NODE_EXTRA_CA_CERTS/,
    );
    assert.match(logOf(blocked), /certificate is not trusted.*NODE_EXTRA_CA_CERTS/);
    assert.doesNotMatch(logOf(blocked), /makes TLS connections and HTTPS requests insecure/);
    assert.equal(entraRequests(), 0);
  },
);

scenario(
  'A certificate that the job vouches for is accepted, whatever else the job says',
  async ({ runAndSignIn }) => {
    const env = {
      NODE_TLS_REJECT_UNAUTHORIZED: '0',
      NODE_OPTIONS: '--use-system-ca --max-old-space-size=512',
    };
    const run = await runAndSignIn(workflowDispatch(), undefined, { env });
    assert.equal(run.outputs['source'], 'sign-in', logOf(run));
    assert.equal(run.outputs['saved-to'], 'workflow-cache');
  },
);
