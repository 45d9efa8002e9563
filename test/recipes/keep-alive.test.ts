import assert from 'node:assert/strict';
import { schedule, workflowDispatch } from '../../sandbox/runner/events.ts';
import { recipe } from './recipe.ts';

recipe(
  'keep-alive.md',
  'Each run refreshes the sign-in and leaves a new entry, so that the old ones may go',
  async ({ run, sandbox: { cacheService } }) => {
    await run(workflowDispatch(), { person: { in: 'refresh' } });
    for (const runId of [7002, 7003]) {
      const old = cacheService.entries.map(({ key }) => key);
      const later = await run(schedule({ runId }));
      const { SOURCE } = later.job('refresh').step('Show the result').env;
      assert.equal(SOURCE, 'refresh');
      assert.equal(later.job('refresh').step('entra').outputs['saved-to'], 'workflow-cache');
      for (const key of old) cacheService.remove(key);
      assert.equal(cacheService.entries.length, 1);
    }
  },
  // The token has expired by the next run, as it has after days.
  { settings: { accessTokenLifetimeSeconds: 200, rotateAndRevoke: true } },
);
