import assert from 'node:assert/strict';
import test from 'node:test';
import { deviceCode, granted, revoked } from '../fakes/answers.ts';
import { always } from '../fakes/entra.ts';
import { alice, bob } from '../fakes/people.ts';
import { run, signedIn, together } from '../fakes/signed-in.ts';
import { storedTokens } from '../fakes/stored-tokens.ts';
import { type World, worldWith } from '../fakes/world.ts';

const redeemed = ({ entra }: World) => entra.to('token').map(({ form }) => form['refresh_token']);

test('of several accounts in a cache none is refreshed after the first one that works', async () => {
  const both = together(await signedIn(alice, { expiresIn: 60 }), await signedIn(bob, { expiresIn: 60 }));
  const world = worldWith({ token: [granted(alice)] });

  const { account } = await run(world, [both]);

  assert.equal(account.username, alice.username);
  assert.deepEqual(redeemed(world), ['refresh token of alice']);
});

test('of several refresh tokens none is redeemed after the first one that works', async () => {
  const world = worldWith({ token: [granted(alice)] });

  await run(world, [storedTokens(alice, { refreshTokens: ['works', 'is left alone'] })]);

  assert.deepEqual(redeemed(world), ['works']);
});

test('of many refresh tokens ten are redeemed, and then the person is prompted', async () => {
  const refreshTokens = Array.from({ length: 12 }, (_, index) => `refresh token ${index}`);
  const world = worldWith({
    token: [...always(revoked).slice(0, 10), granted(alice)],
    deviceCode: [deviceCode()],
  });

  const { source } = await run(world, [storedTokens(alice, { refreshTokens })]);

  assert.equal(source, 'sign-in');
  assert.deepEqual(redeemed(world), [...refreshTokens.slice(0, 10), undefined]);
});
