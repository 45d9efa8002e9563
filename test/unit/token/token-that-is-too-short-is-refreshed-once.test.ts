import assert from 'node:assert/strict';
import test from 'node:test';
import { minutes } from '../../../src/clock.ts';
import { granted } from '../fakes/answers.ts';
import { alice } from '../fakes/people.ts';
import { tokenRequest } from '../fakes/request.ts';
import { run, signedIn } from '../fakes/signed-in.ts';
import { worldWith } from '../fakes/world.ts';

const request = tokenRequest({ minimumLifetime: minutes(30) });

test('a cached token that ends before the minimum lifetime is refreshed, once', async () => {
  const stored = await signedIn(alice, { expiresIn: 600 });
  const world = worldWith({ token: [granted(alice, { accessToken: 'long', expiresIn: 3600 })] });

  const { token, source } = await run(world, [stored], request);

  assert.deepEqual([token, source, world.warnings], ['long', 'refresh', []]);
});

test('when the new token is too short as well, it is used, and a warning says so', async () => {
  const stored = await signedIn(alice, { expiresIn: 600 });
  const world = worldWith({ token: [granted(alice, { accessToken: 'short', expiresIn: 1200 })] });

  const { token } = await run(world, [stored], request);

  assert.deepEqual([token, world.entra.requests.length, world.warnings.length], ['short', 1, 1]);
  assert.match(world.warnings[0] ?? '', /valid for (19|20) minutes, less than minimum-lifetime-minutes/);
});

test('a cached token that lasts long enough is not refreshed', async () => {
  const stored = await signedIn(alice, { expiresIn: 1900 });
  const world = worldWith({});

  const { source } = await run(world, [stored], request);

  assert.equal(source, 'cache');
});
