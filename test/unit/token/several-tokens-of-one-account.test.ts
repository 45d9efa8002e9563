import assert from 'node:assert/strict';
import test from 'node:test';
import { customAuthority } from '../../../src/entra/authority.ts';
import { parseMsalCache } from '../../../src/msal-cache/msal-cache.ts';
import { refreshTokensOf } from '../../../src/msal-cache/refresh-tokens.ts';
import { granted, revoked } from '../fakes/answers.ts';
import { alice, contoso, homeAccountId } from '../fakes/people.ts';
import { tokenRequest } from '../fakes/request.ts';
import { validValue } from '../fakes/result.ts';
import { run } from '../fakes/signed-in.ts';
import { storedTokens } from '../fakes/stored-tokens.ts';
import { worldWith } from '../fakes/world.ts';

test('of two refresh tokens without a date each is tried before the sign-in is given up', async () => {
  const world = worldWith({ token: [revoked, granted(alice)] });

  const { token, cache } = await run(world, [storedTokens(alice, { refreshTokens: ['older', 'newer'] })]);

  assert.equal(token, 'access token of alice');
  assert.deepEqual(
    world.entra.requests.map(({ form }) => form['refresh_token']),
    ['older', 'newer'],
  );
  assert.deepEqual(
    refreshTokensOf(parseMsalCache(cache), homeAccountId(alice)).map(({ secret }) => secret),
    ['refresh token of alice'],
  );
});

test('where all are refused, the sign-in is given up with what Entra said', async () => {
  const world = worldWith({ token: [revoked, revoked] });

  await assert.rejects(run(world, [storedTokens(alice, { refreshTokens: ['older', 'newer'] })]));

  assert.equal(world.entra.to('token').length, 2);
  assert.match(world.asked[0] ?? '', /revoked/);
});

test('a cached token leaves all of them where they are', async () => {
  const stored = storedTokens(alice, { tokens: [{ realm: contoso }], refreshTokens: ['older', 'newer'] });

  const { source, cache } = await run(worldWith({}), [stored]);

  assert.equal(source, 'cache');
  assert.equal(refreshTokensOf(parseMsalCache(cache), homeAccountId(alice)).length, 2);
});

test('of two valid access tokens for the same scopes one is used, and nothing is refreshed', async () => {
  const tokens = [
    { realm: contoso, secret: 'ends first', target: 'User.Read openid profile', expiresIn: 1800 },
    { realm: contoso, secret: 'ends last', target: 'profile openid User.Read', expiresIn: 3600 },
    { realm: contoso, secret: 'of other scopes', target: 'Mail.Read', expiresIn: 7200 },
  ];
  const world = worldWith({});

  const { token, source } = await run(world, [storedTokens(alice, { tokens })]);

  assert.deepEqual([token, source, world.entra.requests], ['ends last', 'cache', []]);
});

test('where only scopes of OpenID Connect are asked for, no token of another resource is taken for it', async () => {
  const tokens = [
    {
      realm: contoso,
      secret: 'for mail',
      target: 'https://outlook.office.com/SMTP.Send openid profile',
      expiresIn: 7200,
    },
    { realm: contoso, secret: 'for Graph' },
  ];

  const { token } = await run(
    worldWith({}),
    [storedTokens(alice, { tokens })],
    tokenRequest({ scopes: ['openid'] }),
  );

  assert.equal(token, 'for Graph');
});

for (const target of ['openid', 'openid email', 'OpenID profile']) {
  test(`a token for "${target}" alone comes from the cache where openid is asked for`, async () => {
    const authority = validValue(customAuthority('https://login.fabrikam.example/adfs'));
    const tokens = [{ realm: 'adfs', target }];
    const stored = storedTokens(alice, { environment: authority.cacheHost, id: 'Sub', tokens });
    const world = worldWith({});

    const { source, scopes } = await run(world, [stored], tokenRequest({ authority, scopes: ['openid'] }));

    assert.deepEqual([source, world.entra.requests], ['cache', []]);
    assert.deepEqual(scopes, target.split(' '));
  });
}
