import assert from 'node:assert/strict';
import test from 'node:test';
import { deviceCode, granted } from '../fakes/answers.ts';
import { failureOf } from '../fakes/failure.ts';
import { alice } from '../fakes/people.ts';
import { run, signedIn } from '../fakes/signed-in.ts';
import { worldWith } from '../fakes/world.ts';

const empty = granted(alice, { accessToken: '' });

test('an empty token in a silent run is a failure, and nobody is asked to sign in', async () => {
  const stored = await signedIn(alice, { expiresIn: 60 });
  const world = worldWith({ token: [empty] });

  await failureOf(run(world, [stored]), 'entra-unavailable');

  assert.deepEqual(world.asked, []);
});

test('an empty token after a sign-in is a failure', async () => {
  const world = worldWith({ deviceCode: [deviceCode()], token: [empty] });

  await failureOf(run(world), 'entra-unavailable');
});
