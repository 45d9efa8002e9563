import assert from 'node:assert/strict';
import test from 'node:test';
import { customAuthority } from '../../../src/entra/authority.ts';
import { clientInfo, deviceCode, granted, idToken } from '../fakes/answers.ts';
import { failureOf } from '../fakes/failure.ts';
import { alice, bob } from '../fakes/people.ts';
import { tokenRequest } from '../fakes/request.ts';
import { validValue } from '../fakes/result.ts';
import { run } from '../fakes/signed-in.ts';
import { storedTokens } from '../fakes/stored-tokens.ts';
import { worldWith } from '../fakes/world.ts';

const adfs = tokenRequest({
  authority: validValue(customAuthority('https://login.fabrikam.example/adfs')),
});
const other = tokenRequest({
  authority: validValue(customAuthority('https://login.fabrikam.example/contoso')),
});
const environment = 'login.fabrikam.example';

const ofBob = granted(bob);
const unreadable = 'bm90IEpTT04';

for (const [what, members, code] of [
  ['names another account', {}, 'wrong-account'],
  ['names another account by client_info alone', { id_token: undefined }, 'wrong-account'],
  ['has an ID token and no client_info', { client_info: undefined }, 'entra-refused'],
  ['has a client_info that cannot be read', { client_info: unreadable }, 'entra-refused'],
  ['has a client_info that is no text', { client_info: 7 }, 'entra-refused'],
  ['has an ID token that cannot be read', { id_token: 'no.token.here' }, 'entra-refused'],
  ['has an ID token that is no text', { id_token: ['a'], client_info: clientInfo(alice) }, 'entra-refused'],
] as const) {
  for (const account of ['', alice.username]) {
    test(`a refresh whose response ${what} outputs and stores nothing (${account || 'any account'})`, async () => {
      const world = worldWith({ token: [granted(bob, { members })] });

      await failureOf(run(world, [storedTokens(alice)], tokenRequest({ account })), code);

      assert.deepEqual([world.obtained, world.asked], [[], []]);
      assert.equal(world.entra.requests.length, 1);
    });
  }
}

test('the id of an account is compared without case, as Entra writes it in either', async () => {
  const shouting = { ...alice, oid: alice.oid.toUpperCase() };
  const world = worldWith({ token: [granted(alice)] });

  assert.equal((await run(world, [storedTokens(shouting)])).source, 'refresh');
});

test('on AD FS the sub of the ID token must be the one that is stored', async () => {
  const sub = 'Abc/+=';
  const response = (its: string) =>
    granted(alice, {
      members: { client_info: undefined, id_token: idToken(alice, { sub: its, tid: undefined }) },
    });
  const stored = storedTokens(alice, { environment, id: sub, sub });

  const { source } = await run(worldWith({ token: [response(sub)] }), [stored], adfs);
  const world = worldWith({ token: [response(sub.toLowerCase())] });
  await failureOf(run(world, [stored], adfs), 'wrong-account');

  assert.equal(source, 'refresh');
  assert.deepEqual(world.obtained, []);
});

test('elsewhere each name in a response counts: client_info, and the sub where one is stored', async () => {
  const sub = 'the sub of alice';
  const stored = storedTokens(alice, { environment, sub });
  const response = (members: object) => granted(alice, { members: { ...members } });
  const renew = async (members: object) => {
    const world = worldWith({ token: [response(members)] });
    return run(world, [stored], other).then(
      () => 'used',
      () => (world.obtained.length === 0 ? 'refused' : 'kept'),
    );
  };

  assert.equal(await renew({ id_token: idToken(alice, { sub }) }), 'used');
  assert.equal(await renew({ id_token: idToken(alice, { sub }), client_info: undefined }), 'used');
  assert.equal(await renew({ id_token: undefined }), 'used');
  assert.equal(await renew({ id_token: idToken(bob), client_info: undefined }), 'refused');
  assert.equal(await renew({ id_token: idToken(bob) }), 'refused');
  assert.equal(await renew({ id_token: idToken(alice, { sub }), client_info: clientInfo(bob) }), 'refused');
});

test('a second resource whose response is of another account ends the step, and the first token is not output', async () => {
  const request = tokenRequest({ scopes: ['User.Read', 'https://outlook.office.com/SMTP.Send'] });
  const world = worldWith({ token: [granted(alice), ofBob] });

  await failureOf(run(world, [storedTokens(alice)], request), 'wrong-account');

  assert.ok(world.obtained.every(({ cache }) => !cache.includes('of bob')));
});

test('on AD FS an account that another MSAL has under another id stays one account', async () => {
  const sub = 'Abc/+=';
  const members = { client_info: undefined, id_token: idToken(alice, { sub, tid: undefined }) };
  const world = worldWith({ token: [granted(alice, { members })] });

  const { cache, details, account } = await run(world, [storedTokens(alice, { environment, sub })], adfs);
  const next = worldWith({ token: [granted(alice, { members })] });
  const again = await run(next, [{ origin: 'token-cache', cache, details }], adfs);

  assert.equal(again.account.homeAccountId, account.homeAccountId);
  assert.equal(next.entra.to('token')[0]?.form['refresh_token'], 'refresh token of alice');
});

test("at Entra each name in a response counts: client_info, the object id at home, and the tenant's sub", async () => {
  const sub = `subject ${alice.oid}`;
  const stored = storedTokens(alice, { sub });
  const renew = async (members: object) => {
    const world = worldWith({ token: [granted(alice, { members: { ...members } })] });
    return run(world, [stored]).then(
      () => 'used',
      () => (world.obtained.length === 0 ? 'refused' : 'kept'),
    );
  };

  assert.equal(await renew({}), 'used');
  assert.equal(await renew({ id_token: idToken(bob) }), 'refused');
  assert.equal(await renew({ id_token: idToken(alice, { oid: bob.oid }) }), 'refused');
  assert.equal(await renew({ id_token: idToken(alice, { sub: 'of somebody else' }) }), 'refused');
});

test('a sign-in in which client_info and the ID token name two people is refused', async () => {
  const members = { client_info: clientInfo(alice) };
  const world = worldWith({ deviceCode: [deviceCode()], token: [granted(bob, { members })] });

  await failureOf(run(world), 'entra-refused');
  assert.deepEqual(world.obtained, []);
});

test('on AD FS client_info does not count, as MSAL has it', async () => {
  const members = { id_token: undefined };
  const world = worldWith({ token: [granted(bob, { members })] });

  const { account } = await run(world, [storedTokens(alice, { environment, id: 'Sub' })], adfs);

  assert.equal(account.homeAccountId, 'Sub');
});

test('a response that cannot be compared is unclear, and not that of another account', async () => {
  const members = { client_info: undefined };
  const world = worldWith({ token: [granted(alice, { members })] });

  await failureOf(run(world, [storedTokens(alice, { environment })], other), 'entra-refused');
});
