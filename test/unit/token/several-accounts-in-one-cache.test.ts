import assert from 'node:assert/strict';
import test from 'node:test';
import { Failure } from '../../../src/failure.ts';
import { granted, revoked } from '../fakes/answers.ts';
import { failureOf } from '../fakes/failure.ts';
import { alice, bob, homeAccountId } from '../fakes/people.ts';
import { tokenRequest } from '../fakes/request.ts';
import { run, signedIn, together } from '../fakes/signed-in.ts';
import { worldWith } from '../fakes/world.ts';

const both = together(await signedIn(alice, { expiresIn: 60 }), await signedIn(bob, { expiresIn: 60 }));

test('each account of a cache is tried before the cache is ignored', async () => {
  const world = worldWith({ token: [revoked, granted(bob)] });

  const { account } = await run(world, [both]);

  assert.equal(account.username, bob.username);
  assert.deepEqual(world.asked, []);
});

for (const mayNamePeople of [true, false]) {
  test(`of several accounts the log says whose was taken and how to choose, ${mayNamePeople ? 'by name' : 'without a name where others read it'}`, async () => {
    const world = worldWith({ token: [revoked, granted(bob)], mayNamePeople });

    await run(world, [both], tokenRequest({ mayNamePeople }));

    const [line = ''] = world.infos;
    assert.match(line, /holds 2 accounts.*set the input account/);
    assert.equal(line.includes(bob.username), mayNamePeople);
    assert.equal(line.includes(bob.oid), mayNamePeople);
  });
}

test('nothing is said of several accounts where the input account has chosen', async () => {
  const world = worldWith({ token: [granted(bob)] });

  await run(world, [both], tokenRequest({ account: bob.username }));

  assert.deepEqual(world.infos, []);
});

for (const wanted of [bob.username.toUpperCase(), homeAccountId(bob).toUpperCase()]) {
  test(`the account input chooses among them, without case: ${wanted}`, async () => {
    const world = worldWith({ token: [granted(bob)] });

    const { account } = await run(world, [both], tokenRequest({ account: wanted }));

    assert.equal(account.homeAccountId, homeAccountId(bob));
    assert.deepEqual(
      world.entra.requests.map(({ form }) => form['refresh_token']),
      ['refresh token of bob'],
    );
  });
}

test('a cache without the account that is asked for is ignored with no request', async () => {
  const refusal = new Failure('sign-in-needed', { what: 'Nobody is there.', why: '', fix: '' });
  const world = worldWith({ refusal });

  await failureOf(run(world, [both], tokenRequest({ account: 'carol@contoso.example' })), 'sign-in-needed');

  assert.deepEqual(world.entra.requests, []);
  assert.match(world.infos[0] ?? '', /it is of another account than the input account names/);
});

test('a token of one account stays "from the cache" after another account no longer worked', async () => {
  const mixed = together(await signedIn(alice, { expiresIn: 60 }), await signedIn(bob));
  const world = worldWith({ token: [revoked] });

  const { account, source, token } = await run(world, [mixed]);

  assert.deepEqual([account.username, token], [bob.username, 'access token of bob']);
  assert.equal(source, 'cache');
});
