import assert from 'node:assert/strict';
import { alice, bob } from '../../sandbox/authority/directory.ts';
import { schedule, workflowDispatch } from '../../sandbox/runner/events.ts';
import { scenario } from '../e2e/scenario.ts';

const force = { inputs: { 'sign-in': 'force' } };

scenario(
  'A schedule with sign-in: force prompts nobody, and the stored sign-in stays as it is',
  async ({ sandbox, run, runAndSignIn, entraRequests }) => {
    await runAndSignIn(workflowDispatch());
    const before = sandbox.cacheService.entries.map(({ key }) => key);
    sandbox.authority.clearRequests();

    const refused = await run(schedule({ repositoryInPayload: true }), force);
    assert.deepEqual(refused.outputs, { 'error-code': 'sign-in-needed' });
    assert.equal(entraRequests(), 0);
    assert.deepEqual(
      sandbox.cacheService.entries.map(({ key }) => key),
      before,
    );
    const next = await run(schedule());
    assert.equal(next.outputs['source'], 'cache');
  },
);

scenario(
  'A person who dispatches with sign-in: force may change who is signed in',
  async ({ run, runAndSignIn }) => {
    await runAndSignIn(workflowDispatch(), alice.username);
    const changed = await runAndSignIn(workflowDispatch(), bob.username, force);
    assert.equal(changed.outputs['username'], bob.username);
    const next = await run(schedule());
    assert.equal(next.outputs['username'], bob.username);
  },
);
