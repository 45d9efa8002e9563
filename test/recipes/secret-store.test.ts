import assert from 'node:assert/strict';
import { schedule, workflowDispatch } from '../../sandbox/runner/events.ts';
import { recipe } from './recipe.ts';

recipe(
  'secret-store.md',
  'The sign-in is written to the secret by the app token, and months later runs go on from it alone',
  async ({ run, sandbox, keepSecret }) => {
    const { githubApi, cacheService } = sandbox;
    const token = githubApi.issueToken({ secrets: 'write', kind: 'app' });
    keepSecret('secret-token', token);
    // As the platform gives them when the run is queued.
    const given = () => ({
      secrets: {
        ENTRA_TOKEN_CACHE: githubApi.secrets().value('ENTRA_TOKEN_CACHE'),
        SECRETS_APP_KEY: 'a private key',
      },
      vars: { SECRETS_APP_CLIENT_ID: 'Iv23liABCDEFGHIJKLMN' },
      otherActions: { 'actions/create-github-app-token': { outputs: { token }, masked: ['token'] } },
    });
    const first = await run(workflowDispatch(), { ...given(), person: { in: 'report' } });
    assert.equal(first.job('report').step('entra').outputs['source'], 'sign-in');
    assert.deepEqual(githubApi.secrets().names, ['ENTRA_TOKEN_CACHE']);

    for (const runId of [7002, 7003]) {
      cacheService.clear();
      const before = given().secrets.ENTRA_TOKEN_CACHE;
      const later = await run(schedule({ runId }), given());
      const { source, 'saved-to': savedTo = '' } = later.job('report').step('entra').outputs;
      assert.equal(source, 'refresh');
      assert.ok(savedTo.split(',').includes('secret'), savedTo);
      assert.notEqual(given().secrets.ENTRA_TOKEN_CACHE, before);
    }
  },
  // A refresh token works once: each run must get what the last one wrote.
  { settings: { accessTokenLifetimeSeconds: 200, rotateAndRevoke: true } },
);
