import assert from 'node:assert/strict';
import { schedule, workflowDispatch } from '../../sandbox/runner/events.ts';
import { logOf, scenario } from './scenario.ts';

scenario(
  'An empty workflow cache is not taken for one that is down because the address of the service holds 503',
  async ({ sandbox, run }) => {
    // A port below 1024 is not for everybody; this part of an address stands in the same lines of the log.
    const url = sandbox.cacheService.url.replace('http://', 'http://503@');
    const night = await run(schedule(), { env: { ACTIONS_RESULTS_URL: url } });
    assert.deepEqual(night.outputs, { 'error-code': 'sign-in-needed' });
    assert.equal(night.annotations.filter(({ kind }) => kind === 'warning').length, 0);
  },
);

scenario(
  'A save that fails is not reported as a rate limit because the id of the run is 429',
  async ({ sandbox, run, runAndSignIn }) => {
    sandbox.authority.settings.accessTokenLifetimeSeconds = 200;
    await runAndSignIn(workflowDispatch());
    const body = JSON.stringify({ ok: false, message: 'not today' });
    sandbox.cacheService.faults.add('create', { kind: 'respond', status: 200, body }, { times: 9 });
    const night = await run(schedule({ runId: 429 }));
    assert.equal(night.outputs['saved-to'], '');
    assert.match(
      logOf(night),
      /could not be saved to the workflow cache: the cache service did not accept the new entry/,
    );
  },
);
