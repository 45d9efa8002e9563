import assert from 'node:assert/strict';
import test from 'node:test';
import { deviceCode, granted, revoked } from '../fakes/answers.ts';
import { alice, bob } from '../fakes/people.ts';
import { tokenRequest } from '../fakes/request.ts';
import { run, signedIn, together } from '../fakes/signed-in.ts';
import { storedTokens } from '../fakes/stored-tokens.ts';
import { worldWith } from '../fakes/world.ts';

const both = together(await signedIn(alice, { expiresIn: 60 }), await signedIn(bob, { expiresIn: 60 }));

test('where each of several accounts has expired, the person is prompted, and no account is said to be used', async () => {
  const world = worldWith({ token: [revoked, revoked, granted(alice)], deviceCode: [deviceCode()] });

  const { source } = await run(world, [both]);

  assert.equal(source, 'sign-in');
  assert.doesNotMatch(world.infos.join('\n'), /2 accounts/);
});

test('where others read the log, it still says which of several accounts is used', async () => {
  const world = worldWith({ token: [granted(alice)], mayNamePeople: false });

  await run(world, [both], tokenRequest({ mayNamePeople: false }));

  assert.match(world.infos.join('\n'), /2 accounts, and .*first.* is used\./);
});

test('a cache without any account is told of, and the person is prompted', async () => {
  const { Account: _, ...others } = JSON.parse(storedTokens(alice).cache);
  const stored = { ...storedTokens(alice), cache: JSON.stringify({ ...others, Account: {} }) };
  const world = worldWith({ token: [granted(alice)], deviceCode: [deviceCode()] });

  const { source } = await run(world, [stored]);

  assert.equal(source, 'sign-in');
  assert.match(world.infos.join('\n'), /no account of this client/);
});
