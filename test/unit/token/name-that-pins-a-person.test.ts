import assert from 'node:assert/strict';
import test from 'node:test';
import { cloudAuthority, customAuthority } from '../../../src/entra/authority.ts';
import { clientInfo, deviceCode, granted, idToken } from '../fakes/answers.ts';
import { failureOf } from '../fakes/failure.ts';
import { alice, contoso, type FakePerson, homeAccountId } from '../fakes/people.ts';
import { tokenRequest } from '../fakes/request.ts';
import { validValue } from '../fakes/result.ts';
import { run } from '../fakes/signed-in.ts';
import { storedTokens } from '../fakes/stored-tokens.ts';
import { worldWith } from '../fakes/world.ts';

const fabrikam = '22222222-2222-4222-8222-222222222222';
// Somebody of another tenant whose administrator has given her Alice's name.
const guest: FakePerson = { ...alice, oid: '99999999-0000-4000-8000-000000000009', tid: fabrikam };
const inContoso = (person: FakePerson, members: object = {}) =>
  granted(person, {
    members: {
      id_token: idToken({ ...person, tid: contoso }),
      client_info: clientInfo(person),
      ...members,
    },
  });
const publicly = tokenRequest({ account: alice.username, mayNamePeople: false });

test('a name does not pin a guest of the tenant who signs in', async () => {
  const world = worldWith({ deviceCode: [deviceCode()], token: [inContoso(guest)] });

  const { message } = await failureOf(run(world, [], publicly), 'wrong-account');

  assert.match(message, /account id, as the output account-id gives it/);
  assert.deepEqual(world.obtained, []);
});

test('a name does not pin a guest whose sign-in is stored: it is ignored, and Entra is not asked', async () => {
  const world = worldWith({ deviceCode: [deviceCode()], token: [granted(alice)] });

  const { account } = await run(world, [storedTokens(guest, { tokens: [{ realm: contoso }] })], publicly);

  assert.equal(account.homeAccountId, homeAccountId(alice));
  assert.match(world.infos.join('\n'), /guest of the tenant.*account-id/);
  assert.deepEqual(
    world.entra.to('token').map(({ form }) => form['grant_type']),
    ['device_code'],
  );
});

test('where the tenant is a domain, a stored guest is found out by the response', async () => {
  const request = { ...publicly, authority: cloudAuthority('public', 'contoso.example') };
  const world = worldWith({ token: [inContoso(guest)] });

  await failureOf(run(world, [storedTokens(guest)], request), 'wrong-account');
  assert.deepEqual(world.obtained, []);
});

test('the account id pins a guest, and so does a name in a private repository', async () => {
  const byId = worldWith({ token: [inContoso(guest)] });
  await run(byId, [storedTokens(guest)], { ...publicly, account: homeAccountId(guest) });
  const privately = worldWith({ token: [inContoso(guest)] });
  await run(privately, [storedTokens(guest)], tokenRequest({ account: alice.username }));

  assert.equal(byId.entra.requests.length + privately.entra.requests.length, 2);
});

for (const [account, username] of [
  ['\u212Aim@contoso.example', 'kim@contoso.example'],
  ['kim@contoso.example', '\u212Aim@contoso.example'],
  ['\u0130da@contoso.example', 'i\u0307da@contoso.example'],
  ['stra\u00DFe@contoso.example', 'strasse@contoso.example'],
] as const) {
  test(`${account} is not ${username}`, async () => {
    const world = worldWith({ deviceCode: [deviceCode()], token: [granted({ ...alice, username })] });

    await failureOf(run(world, [], tokenRequest({ account })), 'wrong-account');
  });
}

test('a name is compared without case over ASCII', async () => {
  const world = worldWith({ deviceCode: [deviceCode()], token: [granted(alice)] });

  assert.ok(await run(world, [], tokenRequest({ account: alice.username.toUpperCase() })));
});

const renamed = { ...alice, username: 'alice.miller@contoso.example' };

test('a person whom Entra has renamed stays the one who was pinned, by the name that was given then', async () => {
  const request = tokenRequest({ account: alice.username, mayNamePeople: false });
  const first = await run(worldWith({ token: [granted(renamed)] }), [storedTokens(alice)], request);
  const stored = { origin: 'the workflow cache', cache: first.cache, details: first.details };
  const later = tokenRequest({ ...request, minimumLifetime: 7_200_000 });

  const again = await run(worldWith({ token: [granted(renamed)] }), [stored], later);

  assert.deepEqual(first.details.pinned, { name: alice.username, id: homeAccountId(alice) });
  assert.deepEqual([again.source, again.account.username], ['refresh', renamed.username]);
  assert.deepEqual(again.details.pinned, first.details.pinned);
});

test('the pinned id stands for no other name, and a new sign-in needs the new name', async () => {
  const pinned = { name: alice.username, id: homeAccountId(alice) };
  const stored = storedTokens(renamed, { details: { pinned } });
  const request = tokenRequest({ account: 'somebody.else@contoso.example' });
  const world = worldWith({ deviceCode: [deviceCode()], token: [granted(renamed)] });

  await failureOf(run(world, [stored], request), 'wrong-account');
  assert.match(world.infos.join('\n'), /another account/);

  const signIn = worldWith({ deviceCode: [deviceCode()], token: [granted(renamed)] });
  const forced = tokenRequest({ account: alice.username, forceSignIn: true });
  await failureOf(run(signIn, [stored], forced), 'wrong-account');
});

test('what was pinned of one account does not stand for another', async () => {
  const pinned = { name: alice.username, id: homeAccountId(guest) };
  const stored = storedTokens(renamed, { details: { pinned } });
  const world = worldWith({ deviceCode: [deviceCode()], token: [granted(alice)] });

  await run(world, [stored], tokenRequest({ account: alice.username }));

  assert.match(world.infos.join('\n'), /another account/);
});

test('on an authority with ids of its own an id is compared exactly', async () => {
  const authority = validValue(customAuthority('https://login.fabrikam.example/adfs'));
  const signIn = (account: string) => {
    const members = { client_info: undefined, id_token: idToken(alice, { sub: 'AbC+/=', tid: undefined }) };
    const world = worldWith({ deviceCode: [deviceCode()], token: [granted(alice, { members })] });
    return run(world, [], tokenRequest({ authority, account }));
  };

  assert.equal((await signIn('AbC+/=')).account.homeAccountId, 'AbC+/=');
  await failureOf(signIn('abc+/='), 'wrong-account');
});

test('the phone number that is the name of a personal account pins it', async () => {
  const person = { ...alice, username: '+15550100', tid: '9188040d-6c67-4c5b-b112-36a304b66dad' };
  const authority = cloudAuthority('public', 'consumers');
  const world = worldWith({ deviceCode: [deviceCode()], token: [granted(person)] });

  assert.ok(await run(world, [], tokenRequest({ authority, account: '+15550100', mayNamePeople: false })));
});

for (const [where, authority, id] of [
  ['AD FS', validValue(customAuthority('https://login.fabrikam.example/adfs')), 'SubA'],
  ['Entra', cloudAuthority('public', contoso), homeAccountId(alice)],
] as const) {
  test(`at ${where} an account id is no name, so nobody can take it for theirs`, async () => {
    assert.ok(typeof authority !== 'string');
    const mallory = { ...alice, oid: '66666666-0000-4000-8000-000000000006', username: id.toLowerCase() };
    const environment = authority.cacheHost;
    const stored = storedTokens(mallory, { environment, tokens: [{ realm: authority.tenant }] });
    const world = worldWith({ deviceCode: [deviceCode()], token: [granted(mallory)] });

    await failureOf(run(world, [stored], tokenRequest({ authority, account: id })), 'wrong-account');
  });
}

test('of a domain whose tenant no response has named, a stored name pins nobody where others can read the log', async () => {
  const request = { ...publicly, authority: cloudAuthority('public', 'contoso.example') };
  const members = { id_token: undefined, client_info: undefined };
  const world = worldWith({ token: [granted(guest, { members })] });

  await failureOf(run(world, [storedTokens(guest)], request), 'wrong-account');
});
