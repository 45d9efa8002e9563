import assert from 'node:assert/strict';
import test from 'node:test';
import { cloudAuthority } from '../../../src/entra/authority.ts';
import { deviceCode, granted } from '../fakes/answers.ts';
import { failureOf } from '../fakes/failure.ts';
import { alice, bob, carolAtHome, type FakePerson, homeAccountId } from '../fakes/people.ts';
import { tokenRequest } from '../fakes/request.ts';
import { run } from '../fakes/signed-in.ts';
import { worldWith } from '../fakes/world.ts';

const signInOf = (person: FakePerson) => worldWith({ deviceCode: [deviceCode()], token: [granted(person)] });

test('the wrong account ends in a failure that says who was expected and who came', async () => {
  const request = tokenRequest({ account: alice.username, mayNamePeople: true });

  const { message } = await failureOf(run(signInOf(bob), [], request), 'wrong-account');

  assert.ok(message.includes(alice.username) && message.includes(bob.username));
});

test('where others can read the log, it does not say who came', async () => {
  const request = tokenRequest({ account: alice.username, mayNamePeople: false });

  const { message } = await failureOf(run(signInOf(bob), [], request), 'wrong-account');

  assert.ok(message.includes(alice.username));
  assert.ok(!message.includes(bob.username) && !message.includes(bob.oid));
});

for (const account of ['ALICE@Contoso.Example', homeAccountId(alice).toUpperCase()]) {
  test(`the right account is recognized without case: ${account}`, async () => {
    const token = await run(signInOf(alice), [], tokenRequest({ account }));

    assert.equal(token.account.homeAccountId, homeAccountId(alice));
  });
}

test('an account that a server writes in upper case is the one that is accepted', async () => {
  const shouting = { ...alice, oid: alice.oid.toUpperCase(), username: alice.username.toUpperCase() };

  for (const account of [alice.username, homeAccountId(alice)])
    assert.ok(await run(signInOf(shouting), [], tokenRequest({ account })));
});

test('a personal account that signs in through "common" is told to use "consumers"', async () => {
  const request = tokenRequest({ authority: cloudAuthority('public', 'common') });

  const { message } = await failureOf(run(signInOf(carolAtHome), [], request), 'wrong-account');

  assert.match(message, /set tenant-id to "consumers"/);
});

test('a work account may sign in through "common", a personal one through "consumers"', async () => {
  for (const [person, tenant] of [
    [alice, 'common'],
    [carolAtHome, 'consumers'],
  ] as const) {
    const request = tokenRequest({ authority: cloudAuthority('public', tenant) });

    const { account } = await run(signInOf(person), [], request);

    assert.equal(account.username, person.username);
  }
});
