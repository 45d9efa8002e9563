import assert from 'node:assert/strict';
import { schedule } from '../../sandbox/runner/events.ts';
import { logOf } from '../e2e/scenario.ts';
import { seededCache } from '../e2e/seeded-cache.ts';
import { secretScenario } from './secret-scenario.ts';

secretScenario(
  'Access tokens that would not fit are left out of the secret, and the next run fetches one again',
  async ({ run, stored, store, sandbox }) => {
    const cache = JSON.parse(await seededCache(sandbox)) as Record<string, Record<string, object>>;
    const [key = '', token] = Object.entries(cache['AccessToken'] ?? {})[0] ?? [];
    // Of another resource, so that it is not the one that is used.
    cache['AccessToken'] = {
      ...cache['AccessToken'],
      [`${key}2`]: { ...token, target: 'https://large.example/all', secret: 'a'.repeat(33_000) },
    };
    store(JSON.stringify(cache));

    const first = await run(schedule());
    assert.deepEqual([first.outputs['source'], first.outputs['saved-to']], ['cache', 'secret'], logOf(first));
    assert.ok(stored().length < 32_766);
    const next = await run(schedule());
    assert.deepEqual([next.outputs['source'], next.outputs['saved-to']], ['refresh', 'secret'], logOf(next));
  },
);
