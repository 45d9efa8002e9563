import assert from 'node:assert/strict';
import { schedule, workflowDispatch } from '../../sandbox/runner/events.ts';
import { secretScenario } from './secret-scenario.ts';

const bothStores = { inputs: { 'workflow-cache': 'true' } };

secretScenario(
  'With a secret and the workflow cache both are written, and a later run that changes nothing writes neither',
  async ({ run, runAndSignIn, githubRequests, sandbox }) => {
    const first = await runAndSignIn(workflowDispatch());
    assert.equal(first.outputs['saved-to'], 'workflow-cache,secret');
    assert.match(first.log.join('\n'), /saved to the workflow cache and the secret ENTRA_TOKEN_CACHE/);

    const asked = githubRequests().length;
    const silent = await run(schedule());
    assert.equal(silent.outputs['source'], 'cache');
    assert.equal(silent.outputs['saved-to'], '');
    assert.equal(githubRequests().length, asked);
    assert.equal(sandbox.cacheService.entries.length, 1);
  },
  bothStores,
);

secretScenario(
  'When one of two stores has lost the sign-in, the other is enough, and the one that lost it is written again',
  async ({ run, runAndSignIn, store, sandbox }) => {
    await runAndSignIn(workflowDispatch());
    sandbox.cacheService.clear();
    const fromSecret = await run(schedule());
    assert.deepEqual(
      [fromSecret.outputs['source'], fromSecret.outputs['saved-to']],
      ['cache', 'workflow-cache'],
    );

    store('');
    const fromWorkflowCache = await run(schedule());
    assert.deepEqual(
      [fromWorkflowCache.outputs['source'], fromWorkflowCache.outputs['saved-to']],
      ['cache', 'secret'],
    );
  },
  bothStores,
);

secretScenario(
  'On a runner without a cache service the secret alone stores the sign-in, and the log says so once',
  async ({ runAndSignIn, sandbox }) => {
    sandbox.cacheService.mode = 'absent';
    const first = await runAndSignIn(workflowDispatch());
    assert.equal(first.outputs['saved-to'], 'secret');
    const warnings = first.annotations.filter(({ kind }) => kind === 'warning').map(({ message }) => message);
    assert.deepEqual(warnings, [
      'This runner offers no cache service: a sign-in will be saved in the secret ENTRA_TOKEN_CACHE only.',
    ]);
  },
  bothStores,
);
