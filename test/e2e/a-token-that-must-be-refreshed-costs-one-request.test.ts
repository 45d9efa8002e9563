import assert from 'node:assert/strict';
import { schedule, workflowDispatch } from '../../sandbox/runner/events.ts';
import { scenario } from './scenario.ts';

scenario(
  'A token that must be refreshed costs exactly one request to Entra, and what it brought is saved',
  async ({ sandbox, run, runAndSignIn, entraRequests }) => {
    await runAndSignIn(workflowDispatch());
    sandbox.authority.clearRequests();
    const connections = sandbox.proxy.connections.length;
    sandbox.authority.settings.accessTokenLifetimeSeconds = 3600;

    const refreshed = await run(schedule());
    assert.equal(refreshed.outputs['source'], 'refresh');
    assert.equal(refreshed.outputs['saved-to'], 'workflow-cache');
    assert.equal(entraRequests(), 1);
    assert.equal(sandbox.proxy.connections.length - connections, 1);

    const next = await run(schedule());
    assert.equal(next.outputs['source'], 'cache');
    assert.equal(next.outputs['saved-to'], '');
    assert.equal(entraRequests(), 1);
  },
  { settings: { accessTokenLifetimeSeconds: 200 } },
);
