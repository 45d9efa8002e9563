import assert from 'node:assert/strict';
import test from 'node:test';
import { refused } from '../fakes/answers.ts';
import { alice } from '../fakes/people.ts';
import { run, signedIn } from '../fakes/signed-in.ts';
import { worldWith } from '../fakes/world.ts';

test('a token that Entra wishes to be renewed early is used all the same when the renewal fails', async () => {
  const stored = await signedIn(alice, { expiresIn: 3600 });
  const wishes = { ...stored, cache: withRefreshOn(stored.cache, Math.floor(Date.now() / 1000) - 60) };
  const world = worldWith({ token: [refused('invalid_grant', 50173)] });

  const { token } = await run(world, [wishes]);

  assert.ok(token.length > 0);
  assert.equal(world.entra.to('token').length, 1);
  assert.deepEqual(world.asked, []);
});

function withRefreshOn(cache: string, seconds: number): string {
  const parsed = JSON.parse(cache) as { AccessToken: Record<string, Record<string, string>> };
  for (const token of Object.values(parsed.AccessToken)) token['refresh_on'] = String(seconds);
  return JSON.stringify(parsed);
}
