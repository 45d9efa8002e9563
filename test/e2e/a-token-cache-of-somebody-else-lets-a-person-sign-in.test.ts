import assert from 'node:assert/strict';
import { alice } from '../../sandbox/authority/directory.ts';
import { schedule, workflowDispatch } from '../../sandbox/runner/events.ts';
import { logOf, scenario } from './scenario.ts';
import { seededCache } from './seeded-cache.ts';

scenario(
  'A token-cache of other clients is ignored with what it holds: a dispatch signs in, and the next run is silent',
  async ({ sandbox, run, runAndSignIn, keepSecret }) => {
    const own = JSON.parse(await seededCache(sandbox)) as Record<string, Record<string, object>>;
    for (const token of [
      ...Object.values(own['AccessToken'] ?? {}),
      ...Object.values(own['RefreshToken'] ?? {}),
    ])
      Object.assign(token, { client_id: '04b07795-8ddb-461a-bbee-02f9e1bf7b46' });
    const cache = JSON.stringify(own);
    keepSecret('token-cache', cache);
    const step = { inputs: { 'token-cache': cache }, secrets: [cache] };

    const signedIn = await runAndSignIn(workflowDispatch(), alice.username, step);
    assert.equal(signedIn.outputs['source'], 'sign-in', logOf(signedIn));
    assert.match(
      logOf(signedIn),
      /Warning: token-cache is ignored, .* It holds tokens of another client ID and an account without a token/,
    );
    const silent = await run(schedule(), step);
    assert.equal(silent.outputs['source'], 'cache', logOf(silent));
  },
);

scenario('An empty cache as token-cache is no failure', async ({ runAndSignIn }) => {
  const step = { inputs: { 'token-cache': '{}' } };
  const signedIn = await runAndSignIn(workflowDispatch(), alice.username, step);

  assert.equal(signedIn.outputs['source'], 'sign-in', logOf(signedIn));
  assert.match(logOf(signedIn), /token-cache is an empty cache/);
});
