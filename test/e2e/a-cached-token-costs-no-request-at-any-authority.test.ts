import assert from 'node:assert/strict';
import { sandboxTenant } from '../../sandbox/authority/directory.ts';
import { schedule, workflowDispatch } from '../../sandbox/runner/events.ts';
import { logOf, scenario } from './scenario.ts';

const authority = `https://authority.sandbox.example/${sandboxTenant.id}`;

scenario(
  'At another authority a cached token costs no request, and a refresh one where its endpoints are known',
  async ({ run, runAndSignIn, sandbox }) => {
    const step = { inputs: { authority } };
    const signedIn = await runAndSignIn(workflowDispatch(), undefined, step);
    assert.equal(signedIn.conclusion, 'success', logOf(signedIn));

    const before = sandbox.authority.requests.length;
    const silent = await run(schedule(), step);
    assert.equal(silent.outputs['source'], 'cache', logOf(silent));
    assert.equal(sandbox.authority.requests.length, before);

    const renewed = await run(schedule(), { inputs: { authority, 'minimum-lifetime-minutes': '120' } });
    assert.equal(renewed.outputs['source'], 'refresh', logOf(renewed));
    assert.deepEqual(
      sandbox.authority.requests.slice(before).map(({ endpoint }) => endpoint),
      ['token'],
    );
  },
);
