import assert from 'node:assert/strict';
import test from 'node:test';
import { Failure } from '../../../src/failure.ts';
import { deviceCode, granted, revoked } from '../fakes/answers.ts';
import { failureOf } from '../fakes/failure.ts';
import { alice } from '../fakes/people.ts';
import { tokenRequest } from '../fakes/request.ts';
import { run, signedIn } from '../fakes/signed-in.ts';
import { worldWith } from '../fakes/world.ts';

const reason = 'the cache service is failing (5xx)';
const down = (otherwise: string): Failure =>
  new Failure('cache-unavailable', {
    what: 'may still hold the sign-in',
    why: `${reason}; ${otherwise}`,
    fix: '',
  });

test('a workflow cache that is down is a failure, since may still hold the sign-in', async () => {
  const world = worldWith({});

  const failure = await failureOf(run(world, [], tokenRequest(), down), 'cache-unavailable');

  assert.match(failure.message, /may still hold the sign-in/);
  assert.ok(failure.message.includes(reason));
  assert.deepEqual([world.asked, world.entra.requests], [[], []]);
});

test('a workflow cache that is down is a failure when the only other sign-in no longer works', async () => {
  const stored = await signedIn(alice, { expiresIn: 60, origin: 'token-cache' });
  const world = worldWith({ token: [revoked] });

  await failureOf(run(world, [stored], tokenRequest(), down), 'cache-unavailable');

  assert.deepEqual(world.asked, []);
});

test('while the workflow cache is down, another sign-in that works is enough', async () => {
  const stored = await signedIn(alice, { origin: 'token-cache' });

  const { source } = await run(worldWith({}), [stored], tokenRequest(), down);

  assert.equal(source, 'cache');
});

test('while the workflow cache is down, sign-in: force prompts the person all the same', async () => {
  const world = worldWith({ deviceCode: [deviceCode()], token: [granted(alice)] });

  const { source } = await run(world, [], tokenRequest({ forceSignIn: true }), down);

  assert.equal(source, 'sign-in');
});

test('with sign-in: force a sign-in that works is not even tried', async () => {
  const stored = await signedIn(alice);
  const world = worldWith({ deviceCode: [deviceCode()], token: [granted(alice)] });

  const { source } = await run(world, [stored], tokenRequest({ forceSignIn: true }));

  assert.deepEqual([source, world.asked], ['sign-in', ['a new sign-in is requested']]);
});
