import assert from 'node:assert/strict';
import { alice, bob } from '../../sandbox/authority/directory.ts';
import { schedule } from '../../sandbox/runner/events.ts';
import { logOf, scenario } from '../e2e/scenario.ts';
import { seededCache } from '../e2e/seeded-cache.ts';
import { shortTokens, tenantInput } from './stored-sign-in.ts';

for (const [revoked, valid] of [
  [alice, bob],
  [bob, alice],
] as const) {
  scenario(
    `In a cache of two people ${revoked.displayName}'s revoked sign-in does not hide ${valid.displayName}'s`,
    async ({ sandbox, run }) => {
      const both = together(
        await seededCache(sandbox, alice.username),
        await seededCache(sandbox, bob.username),
      );
      sandbox.authority.revokeSessions(revoked.username);

      const night = await run(schedule(), {
        inputs: { ...tenantInput, 'token-cache': both },
        secrets: [both],
      });
      assert.equal(night.outputs['username'], valid.username, logOf(night));
      assert.equal(night.outputs['source'], 'refresh');
      assert.doesNotMatch(logOf(night), /ignored/);

      const next = await run(schedule(), { inputs: tenantInput });
      assert.equal(next.outputs['username'], valid.username, 'the valid sign-in was saved');
    },
    shortTokens,
  );
}

/** One cache with what both hold. */
function together(one: string, other: string): string {
  const [into, from] = [one, other].map((text) => JSON.parse(text) as Record<string, object>);
  assert.ok(into && from);
  for (const [section, items] of Object.entries(from)) into[section] = { ...into[section], ...items };
  return JSON.stringify(into);
}
