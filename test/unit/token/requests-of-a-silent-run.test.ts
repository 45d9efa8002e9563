import assert from 'node:assert/strict';
import test from 'node:test';
import { cloudAuthority, customAuthority } from '../../../src/entra/authority.ts';
import { granted } from '../fakes/answers.ts';
import { alice, contoso } from '../fakes/people.ts';
import { tokenRequest } from '../fakes/request.ts';
import { validValue } from '../fakes/result.ts';
import { run, signedIn } from '../fakes/signed-in.ts';
import { worldWith } from '../fakes/world.ts';

for (const cloud of ['public', 'usgovernment', 'china'] as const) {
  const request = tokenRequest({ authority: cloudAuthority(cloud, contoso) });

  test(`in the ${cloud} cloud a fresh token comes from the cache with no request`, async () => {
    const stored = await signedIn(alice, { request });
    const world = worldWith({});

    const { source, token, account } = await run(world, [stored], request);

    assert.deepEqual([source, token, account.username], ['cache', 'access token of alice', alice.username]);
    assert.deepEqual(world.entra.requests, []);
  });

  test(`in the ${cloud} cloud a refresh is one request`, async () => {
    const stored = await signedIn(alice, { request, expiresIn: 60 });
    const world = worldWith({ token: [granted(alice, { accessToken: 'a new one' })] });

    const { source, token } = await run(world, [stored], request);

    assert.deepEqual([source, token], ['refresh', 'a new one']);
    assert.deepEqual(
      world.entra.requests.map(({ endpoint, form }) => [endpoint, form['grant_type'], form['refresh_token']]),
      [['token', 'refresh_token', 'refresh token of alice']],
    );
  });
}

test('an authority that MSAL does not know is asked for its endpoints before the first refresh', async () => {
  const authority = validValue(customAuthority('https://login.contoso.example:8443/contoso'));
  const request = tokenRequest({ authority });
  const stored = await signedIn(alice, { request, expiresIn: 60 });
  const world = worldWith({ token: [granted(alice)] });

  await run(world, [{ ...stored, details: {} }], request);

  assert.deepEqual(
    world.entra.requests.map(({ endpoint }) => endpoint),
    ['openid-configuration', 'token'],
  );
});

test('every token and code that comes in is masked', async () => {
  const stored = await signedIn(alice, { expiresIn: 60 });
  const world = worldWith({ token: [granted(alice, { accessToken: 'access', refreshToken: 'refresh' })] });

  await run(world, [stored]);

  assert.ok(['access', 'refresh'].every((secret) => world.masked.includes(secret)));
});
