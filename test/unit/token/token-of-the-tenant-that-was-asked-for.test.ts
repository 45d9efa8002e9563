import assert from 'node:assert/strict';
import test from 'node:test';
import { cloudAuthority, customAuthority, personalTenant } from '../../../src/entra/authority.ts';
import { clientInfo, deviceCode, granted, idToken } from '../fakes/answers.ts';
import { failureOf } from '../fakes/failure.ts';
import { alice, carolAtHome, contoso, type FakePerson } from '../fakes/people.ts';
import { tokenRequest } from '../fakes/request.ts';
import { validValue } from '../fakes/result.ts';
import { run, signedIn } from '../fakes/signed-in.ts';
import { storedTokens } from '../fakes/stored-tokens.ts';
import { worldWith } from '../fakes/world.ts';

const fabrikam = '22222222-2222-4222-8222-222222222222';
const both = [{ realm: contoso }, { realm: fabrikam }];

/** Entra's response to a refresh in a tenant: its ID token is of that tenant, the account stays the one at home. */
const grantedIn = (tenant: string, person: FakePerson = alice) =>
  granted(person, {
    accessToken: `new token of ${tenant}`,
    members: { id_token: idToken({ ...person, tid: tenant }), client_info: clientInfo(person) },
  });

for (const [order, tokens] of [
  ['first', both],
  ['last', [...both].reverse()],
] as const) {
  for (const tenant of [contoso, fabrikam]) {
    test(`of a person in two tenants the cached token of the tenant that is asked for is output (home ${order}, ${tenant === contoso ? 'home' : 'guest'})`, async () => {
      const world = worldWith({});
      const request = tokenRequest({ authority: cloudAuthority('public', tenant) });

      const { token, account, source } = await run(world, [storedTokens(alice, { tokens })], request);

      assert.deepEqual([token, account.tenantId, source], [`token of ${tenant}`, tenant, 'cache']);
      assert.deepEqual(world.entra.requests, []);
    });
  }
}

test('a token of the home tenant alone is not output for another tenant: it is refreshed there, once', async () => {
  const world = worldWith({ token: [grantedIn(fabrikam)] });
  const request = tokenRequest({ authority: cloudAuthority('public', fabrikam) });

  const { token, account, source, cache, details } = await run(
    world,
    [storedTokens(alice, { tokens: [{ realm: contoso }] })],
    request,
  );
  const again = await run(worldWith({}), [{ origin: 'token-cache', cache, details }], request);

  assert.deepEqual([token, account.tenantId, source], [`new token of ${fabrikam}`, fabrikam, 'refresh']);
  assert.match(world.entra.requests[0]?.url ?? '', new RegExp(`/${fabrikam}/`));
  assert.deepEqual([again.token, again.source], [token, 'cache']);
});

test('a cache that MSAL Node wrote for two tenants gives each its own', async () => {
  const home = await signedIn(alice);
  const guest = tokenRequest({ authority: cloudAuthority('public', fabrikam) });
  const { cache, details } = await run(worldWith({ token: [grantedIn(fabrikam)] }), [home], guest);
  const stored = { origin: 'token-cache', cache, details };

  const atHome = await run(worldWith({}), [stored]);
  const there = await run(worldWith({}), [stored], guest);

  assert.deepEqual([atHome.token, atHome.source], ['access token of alice', 'cache']);
  assert.deepEqual([there.token, there.source], [`new token of ${fabrikam}`, 'cache']);
});

for (const tenant of ['organizations', 'common']) {
  test(`"${tenant}" takes the token of the home tenant only`, async () => {
    const request = tokenRequest({ authority: cloudAuthority('public', tenant) });

    const known = await run(worldWith({}), [storedTokens(alice, { tokens: [...both].reverse() })], request);
    const refreshed = worldWith({ token: [granted(alice)] });
    await run(
      refreshed,
      [storedTokens(alice, { tokens: [{ realm: fabrikam }, { realm: tenant }] })],
      request,
    );

    assert.deepEqual([known.token, known.account.tenantId], [`token of ${contoso}`, contoso]);
    assert.equal(refreshed.entra.to('token').length, 1);
  });
}

test('"consumers" takes the token of the tenant of personal accounts, and of those alone', async () => {
  const request = tokenRequest({ authority: cloudAuthority('public', 'consumers') });
  const tokens = [{ realm: fabrikam }, { realm: personalTenant }];

  const { token } = await run(worldWith({}), [storedTokens(carolAtHome, { tokens })], request);
  const world = worldWith({ deviceCode: [deviceCode()], token: [granted(carolAtHome)] });
  await run(world, [storedTokens(alice, { tokens: [{ realm: personalTenant }] })], request);

  assert.equal(token, `token of ${personalTenant}`);
  assert.match(world.asked[0] ?? '', /work or school account/);
});

test('"organizations" takes no personal account, whatever is cached, and asks Entra nothing for it', async () => {
  const request = tokenRequest({ authority: cloudAuthority('public', 'organizations') });
  const world = worldWith({ deviceCode: [deviceCode()], token: [granted(alice)] });

  const { account } = await run(
    world,
    [storedTokens(carolAtHome, { tokens: [{ realm: personalTenant }] })],
    request,
  );

  assert.equal(account.username, alice.username);
  assert.deepEqual(
    world.entra.to('token').map(({ form }) => form['grant_type']),
    ['device_code'],
  );
});

test('a personal account that signs in through "organizations" is refused', async () => {
  const request = tokenRequest({ authority: cloudAuthority('public', 'organizations') });
  const world = worldWith({ deviceCode: [deviceCode()], token: [granted(carolAtHome)] });

  await failureOf(run(world, [], request), 'wrong-account');
  assert.deepEqual(world.obtained, []);
});

test('a domain is known by what its authority has said: until then one refresh, afterwards none', async () => {
  const request = tokenRequest({ authority: cloudAuthority('public', 'contoso.example') });
  const world = worldWith({ token: [granted(alice)] });
  const tokens = [{ realm: contoso }, { realm: 'contoso.example' }];

  const first = await run(world, [storedTokens(alice, { tokens })], request);
  const again = await run(
    worldWith({}),
    [{ origin: 'token-cache', cache: first.cache, details: first.details }],
    request,
  );

  assert.deepEqual([first.source, first.details.tenant], ['refresh', contoso]);
  assert.deepEqual([again.source, again.account.tenantId], ['cache', contoso]);
});

test('what an authority said of a domain is no word on a token of another tenant', async () => {
  const request = tokenRequest({ authority: cloudAuthority('public', 'contoso.example') });
  const world = worldWith({ token: [granted(alice)] });
  const stored = storedTokens(alice, { tokens: [{ realm: fabrikam }], details: { tenant: contoso } });

  assert.equal((await run(world, [stored], request)).source, 'refresh');
});

for (const [where, tenant, answered] of [
  ['a tenant', contoso, fabrikam],
  ['"organizations"', 'organizations', fabrikam],
  ['"consumers"', 'consumers', contoso],
] as const) {
  test(`a response of another tenant than ${where} is a failure, and nothing of it is stored`, async () => {
    const request = tokenRequest({ authority: cloudAuthority('public', tenant) });
    const person = tenant === 'consumers' ? carolAtHome : alice;
    const world = worldWith({ token: [grantedIn(answered, person)] });

    await failureOf(run(world, [storedTokens(person)], request), 'entra-refused');
    assert.deepEqual([world.obtained, world.asked], [[], []]);
  });
}

test('outside the clouds of Entra the realm is the path, a tenant that the server itself has named, or empty', async () => {
  const authority = validValue(customAuthority('https://login.fabrikam.example/adfs'));
  const request = tokenRequest({ authority });
  const at = { environment: authority.cacheHost, id: 'Sub/1+=' };
  const take = (realm: string, tenant?: string) => {
    const stored = storedTokens(alice, {
      ...at,
      tokens: [{ realm }],
      refreshTokens: [],
      details: { tenant },
    });
    return run(worldWith({}), [stored], request).then(
      ({ source }) => source,
      () => 'none',
    );
  };

  assert.deepEqual(
    [
      await take('adfs'),
      await take(''),
      await take(fabrikam, fabrikam),
      await take(fabrikam),
      await take('other'),
    ],
    ['cache', 'cache', 'cache', 'none', 'none'],
  );
});

test('tokens of two tenants never come out of one run, where tenant-id is a domain', async () => {
  const scopes = ['User.Read', 'https://outlook.office.com/SMTP.Send'];
  const request = tokenRequest({ authority: cloudAuthority('public', 'contoso.example'), scopes });
  const world = worldWith({ token: [grantedIn(contoso), grantedIn(fabrikam)] });

  const { message } = await failureOf(run(world, [storedTokens(alice)], request), 'entra-refused');

  assert.match(message, /of two tenants/);
});
