import assert from 'node:assert/strict';
import test from 'node:test';
import { minutes } from '../../../src/clock.ts';
import { granted } from '../fakes/answers.ts';
import { alice } from '../fakes/people.ts';
import { tokenRequest } from '../fakes/request.ts';
import { run, signedIn } from '../fakes/signed-in.ts';
import { worldWith } from '../fakes/world.ts';

test('a token that Entra wishes to be renewed early is used at once while it is good for hours', async () => {
  const stored = await signedIn(alice, { expiresIn: 3600 });
  const wishes = { ...stored, cache: withRefreshOn(stored.cache, Math.floor(Date.now() / 1000) - 60) };
  const world = worldWith({});

  const { token, source } = await run(world, [wishes]);

  assert.deepEqual([token, source], ['access token of alice', 'cache']);
  assert.deepEqual([world.entra.requests, world.asked], [[], []]);
});

test('where it is renewed for its minimum lifetime, the new token is the one that is output', async () => {
  const stored = await signedIn(alice, { expiresIn: 3600 });
  const wishes = { ...stored, cache: withRefreshOn(stored.cache, Math.floor(Date.now() / 1000) - 60) };
  const world = worldWith({ token: [granted(alice, { accessToken: 'a new one', expiresIn: 7200 })] });

  const { token, source } = await run(world, [wishes], tokenRequest({ minimumLifetime: minutes(90) }));

  assert.deepEqual([token, source], ['a new one', 'refresh']);
});

function withRefreshOn(cache: string, seconds: number): string {
  const parsed = JSON.parse(cache) as { AccessToken: Record<string, Record<string, string>> };
  for (const token of Object.values(parsed.AccessToken)) token['refresh_on'] = String(seconds);
  return JSON.stringify(parsed);
}
