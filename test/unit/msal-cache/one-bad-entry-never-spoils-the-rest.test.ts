import assert from 'node:assert/strict';
import test from 'node:test';
import { sections } from '../../../src/msal-cache/entity.ts';
import { anyCache, readForMsalNode } from '../fakes/any-cache.ts';
import { silentWithMsalNode } from '../fakes/msal-node.ts';
import { alice } from '../fakes/people.ts';

const { account, accessToken, idToken, refreshToken } = anyCache;
const good = {
  Account: { account },
  IdToken: { idToken },
  AccessToken: { accessToken },
  RefreshToken: { refreshToken },
};
const other = { client_id: 'bbbbbbbb-0000-0000-0000-00000000000b' };
const claims = (value: unknown): string =>
  `e30.${Buffer.from(JSON.stringify(value)).toString('base64url')}.x`;

const bad: readonly (readonly [string, keyof typeof good, unknown])[] = [
  [
    'an app-only token whose home account id is null',
    'AccessToken',
    { ...accessToken, home_account_id: null },
  ],
  [
    'an app-only token whose home account id is empty',
    'AccessToken',
    { ...accessToken, home_account_id: '' },
  ],
  [
    'an app-only token without a home account id',
    'AccessToken',
    { ...accessToken, home_account_id: undefined },
  ],
  ['an access token of another client', 'AccessToken', { ...accessToken, ...other }],
  [
    'an access token of another cloud',
    'AccessToken',
    { ...accessToken, environment: 'login.microsoftonline.us' },
  ],
  ['an access token with an empty secret', 'AccessToken', { ...accessToken, secret: '' }],
  ['an access token without scopes', 'AccessToken', { ...accessToken, target: undefined }],
  ['an access token whose scopes are white space', 'AccessToken', { ...accessToken, target: '  ' }],
  ['an access token without an end', 'AccessToken', { ...accessToken, expires_on: undefined }],
  ['an access token that ends at no time', 'AccessToken', { ...accessToken, expires_on: 'never' }],
  ['an access token that ends after all time', 'AccessToken', { ...accessToken, expires_on: '9'.repeat(30) }],
  ['a PoP token', 'AccessToken', { ...accessToken, token_type: 'pop' }],
  ['an SSH certificate', 'AccessToken', { ...accessToken, token_type: 'ssh-cert', key_id: 'k' }],
  ['a token type that is a list', 'AccessToken', { ...accessToken, token_type: ['Bearer'] }],
  [
    'a token with an authentication scheme that is not said',
    'AccessToken',
    { ...accessToken, token_type: undefined, credential_type: 'AccessToken_With_AuthScheme' },
  ],
  [
    'a token that is kept apart from those of a plain request',
    'AccessToken',
    { ...accessToken, additionalCacheKeyComponents: { attribute_tokens: 'a' } },
  ],
  ['a refresh token with an empty secret', 'RefreshToken', { ...refreshToken, secret: '' }],
  ['a refresh token whose secret is null', 'RefreshToken', { ...refreshToken, secret: null }],
  ['a refresh token whose secret is a number', 'RefreshToken', { ...refreshToken, secret: 7 }],
  ['a refresh token of another client', 'RefreshToken', { ...refreshToken, ...other }],
  ['an ID token that is no JWT', 'IdToken', { ...idToken, secret: 'garbage' }],
  ['an ID token of four parts', 'IdToken', { ...idToken, secret: `${idToken.secret}.d` }],
  ['an ID token that holds no object', 'IdToken', { ...idToken, secret: claims(null) }],
  [
    'an ID token that names somebody by a list',
    'IdToken',
    { ...idToken, secret: claims({ oid: [], tid: 7 }) },
  ],
  ['an ID token whose state is a text', 'IdToken', { ...idToken, secret: claims({ signin_state: 'kmsi' }) }],
  ['an account without an id', 'Account', { ...account, home_account_id: null }],
  ['an account of another cloud', 'Account', { ...account, environment: 'login.partner.microsoftonline.cn' }],
  ['an account that nobody has a token of', 'Account', { ...account, home_account_id: 'somebody.else' }],
  ...sections
    .filter((section) => section !== 'AppMetadata')
    .flatMap((section) =>
      [null, [], 'text', 7, {}].map(
        (value) => [`${JSON.stringify(value)} in the section ${section}`, section, value] as const,
      ),
    ),
];

for (const [what, section, entry] of bad) {
  test(`${what} is left out, and MSAL Node reads the rest`, async () => {
    const alone = readForMsalNode(good);
    for (const entries of [
      { bad: entry, ...good[section] },
      { ...good[section], bad: entry, hasOwnProperty: entry },
    ]) {
      const cache = readForMsalNode({ ...good, [section]: entries, SomeOtherSection: { bad: entry } });

      assert.deepEqual(cache, alone);
      const { result } = await silentWithMsalNode(cache);
      assert.equal(result.accessToken, 'access token');
      assert.equal(result.account?.username, alice.username);
    }
  });
}

test('A section that is text, or a list, does not spoil the others', () => {
  const cache = readForMsalNode({ ...good, IdToken: 'text', AppMetadata: [1], AccessToken: null });

  assert.deepEqual(cache.RefreshToken, readForMsalNode(good).RefreshToken);
  assert.deepEqual([cache.IdToken, cache.AppMetadata, cache.AccessToken], [{}, {}, {}]);
});

test('Members with the names of functions do not trip MSAL Node', async () => {
  const named = { hasOwnProperty: 'x', toString: 'x', __proto__: 'x' };
  const cache = readForMsalNode({
    ...good,
    Account: { account: { ...account, ...named } },
    AccessToken: { constructor: { ...accessToken, ...named } },
  });

  assert.equal((await silentWithMsalNode(cache)).result.accessToken, 'access token');
});

test('Without a readable ID token the name of the account stays', async () => {
  const cache = readForMsalNode({ ...good, IdToken: {} });

  assert.equal((await silentWithMsalNode(cache)).result.account?.username, alice.username);
});
