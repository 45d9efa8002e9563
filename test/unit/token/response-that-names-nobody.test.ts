import assert from 'node:assert/strict';
import test from 'node:test';
import { customAuthority } from '../../../src/entra/authority.ts';
import { parseMsalCache } from '../../../src/msal-cache/msal-cache.ts';
import { refreshTokensOf } from '../../../src/msal-cache/refresh-tokens.ts';
import type { AccessTokens } from '../../../src/token/access-tokens.ts';
import { deviceCode, granted, idToken } from '../fakes/answers.ts';
import { failureOf } from '../fakes/failure.ts';
import { alice, homeAccountId } from '../fakes/people.ts';
import { tokenRequest } from '../fakes/request.ts';
import { validValue } from '../fakes/result.ts';
import { run } from '../fakes/signed-in.ts';
import { storedTokens } from '../fakes/stored-tokens.ts';
import { worldWith } from '../fakes/world.ts';

const adfs = tokenRequest({ authority: validValue(customAuthority('https://login.fabrikam.example/adfs')) });
const nobody = { id_token: undefined, client_info: undefined };

const secrets = ({ cache, account }: AccessTokens) =>
  refreshTokensOf(parseMsalCache(cache), account.homeAccountId).map(({ secret }) => secret);

for (const [where, request, stored] of [
  ['Entra', tokenRequest(), storedTokens(alice)],
  ['AD FS', adfs, storedTokens(alice, { environment: 'login.fabrikam.example', id: 'Sub/+=' })],
] as const) {
  test(`a refresh at ${where} without an ID token is complete: its token is used, and its refresh token is stored`, async () => {
    const world = worldWith({ token: [granted(alice, { refreshToken: 'rotated', members: nobody })] });

    const first = await run(world, [stored], request);
    const next = worldWith({ token: [granted(alice, { accessToken: 'later', members: nobody })] });
    const again = await run(
      next,
      [{ origin: 'the workflow cache', cache: first.cache, details: first.details }],
      { ...request, minimumLifetime: 7_200_000 },
    );

    assert.deepEqual([first.token, first.account.username], ['access token of alice', alice.username]);
    assert.deepEqual(secrets(first), ['rotated']);
    assert.deepEqual([again.token, next.entra.to('token')[0]?.form['refresh_token']], ['later', 'rotated']);
  });
}

test('a refresh without a new refresh token keeps the old one', async () => {
  const world = worldWith({ token: [granted(alice, { members: { ...nobody, refresh_token: undefined } })] });

  assert.deepEqual(secrets(await run(world, [storedTokens(alice)])), ['stored refresh token']);
});

const signIn = (members: object) =>
  worldWith({ deviceCode: [deviceCode()], token: [granted(alice, { members: { ...members } })] });

for (const account of ['', homeAccountId(alice)]) {
  test(`a sign-in without an ID token is that of the account in client_info (${account ? 'asked for by id' : 'any account'})`, async () => {
    const signedIn = await run(signIn({ id_token: undefined }), [], tokenRequest({ account }));

    assert.deepEqual([signedIn.account.homeAccountId, signedIn.account.username], [homeAccountId(alice), '']);
    const next = worldWith({ token: [granted(alice)] });
    const stored = { origin: 'token-cache', cache: signedIn.cache, details: signedIn.details };
    const later = await run(next, [stored], tokenRequest({ account, minimumLifetime: 7_200_000 }));
    assert.deepEqual([later.source, later.account.username], ['refresh', alice.username]);
  });
}

test('a sign-in without an ID token cannot be that of a name, and nothing is stored', async () => {
  const world = signIn({ id_token: undefined });

  const { message } = await failureOf(
    run(world, [], tokenRequest({ account: alice.username })),
    'wrong-account',
  );

  assert.match(message, /did not name/);
  assert.deepEqual(world.obtained, []);
});

test('a sign-in that names nobody at all is a failure that says so', async () => {
  const world = signIn(nobody);

  const { message } = await failureOf(run(world), 'entra-refused');

  assert.match(message, /did not say who signed in/);
  assert.deepEqual(world.obtained, []);
});

for (const [what, members] of [
  ['a refresh token that is a number', { refresh_token: 7 }],
  ['a name that is a list', { id_token: idToken(alice, { preferred_username: ['a', 'b'] }) }],
  [
    'claims of every wrong type',
    { id_token: idToken(alice, { name: 1, upn: {}, login_hint: [], oid: 5, acr: {} }) },
  ],
  ['a lifetime beyond all dates', { expires_in: 1e18 }],
  ['a lifetime that is an object', { expires_in: {}, ext_expires_in: [], refresh_in: 'soon' }],
  ['a negative lifetime', { expires_in: -1 }],
  ['scopes that are a list', { scope: ['User.Read'] }],
  ['a token type that is an object', { token_type: {} }],
  ['a family of clients', { foci: '1' }],
  ['a lifetime of the refresh token that has passed', { refresh_token_expires_in: 1 }],
] as const) {
  test(`a sign-in with ${what} is stored, and the next run uses it`, async () => {
    const signedIn = await run(signIn(members));

    assert.equal(signedIn.account.homeAccountId, homeAccountId(alice));
    assert.equal(typeof signedIn.account.username, 'string');
    assert.ok(!Number.isNaN(signedIn.expiresOn.getTime()));
    if ('refresh_token' in members) return;
    const next = worldWith({ token: [granted(alice)] });
    const stored = { origin: 'token-cache', cache: signedIn.cache, details: signedIn.details };
    const later = await run(next, [stored], tokenRequest({ minimumLifetime: 7_200_000 }));
    assert.equal(next.entra.to('token')[0]?.form['refresh_token'], 'refresh token of alice');
    assert.equal(later.source, 'refresh');
  });

  test(`a refresh with ${what} is used`, async () => {
    const world = worldWith({ token: [granted(alice, { members: { ...members } })] });

    const { token, source } = await run(world, [storedTokens(alice)]);

    assert.deepEqual([token, source], ['access token of alice', 'refresh']);
  });
}
