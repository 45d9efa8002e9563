import assert from 'node:assert/strict';
import test from 'node:test';
import { startCacheService } from '../../sandbox/cache-service.ts';
import { pullRequest, schedule } from '../../sandbox/runner/events.ts';
import { fixtureAction } from './runner-fixture-action.ts';

const usesCache = `
  const { restoreCache, saveCache } = await import(${JSON.stringify(import.meta.resolve('@actions/cache'))});
  const restored = await restoreCache(['kept'], 'none', ['key-']);
  fs.mkdirSync('kept', { recursive: true });
  fs.writeFileSync('kept/file', 'text');
  const saved = await saveCache(['kept'], 'key-' + process.env.GITHUB_RUN_ID);
  core.setOutput('restored', restored ?? 'nothing');
  core.setOutput('saved', saved);
`;

test('an action stores something from one run to the next in the cache service', async () => {
  await using service = await startCacheService();
  await using action = await fixtureAction(usesCache);
  await using first = await action.run({ env: service.env(), event: schedule({ runId: 1 }) });
  await using second = await action.run({ env: service.env(), event: schedule({ runId: 2 }) });
  assert.deepEqual(first.outputs, { restored: 'nothing', saved: '1' });
  assert.equal(second.outputs['restored'], 'key-1');
});

test('a pull request restores from the default branch and saves for itself alone', async () => {
  await using service = await startCacheService();
  await using action = await fixtureAction(usesCache);
  const event = pullRequest({ runId: 2 });
  const env = service.env(service.token({ scopes: event.cacheScopes }));
  await using first = await action.run({ env: service.env(), event: schedule({ runId: 1 }) });
  await using ofPullRequest = await action.run({ env, event });
  assert.equal(first.outputs['saved'], '1');
  assert.equal(ofPullRequest.outputs['restored'], 'key-1');
  assert.equal(service.entries[1]?.scope, 'refs/pull/7/merge');
});
