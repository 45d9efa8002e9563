import assert from 'node:assert/strict';
import test from 'node:test';
import { acceptanceOf, pinnedAs } from '../../../src/entra/accepted-account.ts';
import { customAuthority } from '../../../src/entra/authority.ts';
import { deviceCode, granted } from '../fakes/answers.ts';
import { alice, contoso, homeAccountId } from '../fakes/people.ts';
import { tokenRequest } from '../fakes/request.ts';
import { validValue } from '../fakes/result.ts';
import { run } from '../fakes/signed-in.ts';
import { storedTokens } from '../fakes/stored-tokens.ts';
import { worldWith } from '../fakes/world.ts';

const pinned = { name: alice.username, id: homeAccountId(alice) };

for (const [what, account, expected] of [
  ['a name', alice.username, pinned],
  ['an account id', homeAccountId(alice), undefined],
  ['nothing', '', undefined],
] as const) {
  test(`where the input account is ${what}, ${expected ? 'it is' : 'no name is'} pinned to whoever signs in`, async () => {
    const world = worldWith({ deviceCode: [deviceCode()], token: [granted(alice)] });

    const { details } = await run(world, [], tokenRequest({ account }));

    assert.deepEqual(details.pinned, expected);
  });
}

for (const [what, stored] of [
  ['refreshed', storedTokens(alice, { details: { pinned } })],
  ['taken from the cache', storedTokens(alice, { details: { pinned }, tokens: [{ realm: contoso }] })],
] as const) {
  test(`a sign-in that is ${what} for any account keeps the name that is pinned`, async () => {
    const { details } = await run(worldWith({ token: [granted(alice)] }), [stored]);

    assert.deepEqual(details.pinned, pinned);
  });
}

test('outside Entra’s clouds an account id that looks like a name is not pinned to itself', () => {
  const authority = validValue(customAuthority('https://login.fabrikam.example/adfs'));
  const account = { homeAccountId: 'alice@fabrikam.example', username: '' };

  assert.equal(pinnedAs(account, { account: 'alice@fabrikam.example', authority }), undefined);
});

test('any account, its id and its name in its own tenant are accepted', () => {
  const account = { homeAccountId: homeAccountId(alice), username: alice.username };

  for (const wanted of ['', homeAccountId(alice), alice.username])
    for (const mayNamePeople of [true, false]) {
      const request = tokenRequest({ account: wanted, mayNamePeople });
      assert.equal(
        acceptanceOf({ account, tenant: contoso.toUpperCase(), pinned: undefined }, request),
        'accepted',
      );
    }
});
