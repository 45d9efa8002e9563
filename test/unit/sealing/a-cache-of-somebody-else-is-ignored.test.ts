import assert from 'node:assert/strict';
import test from 'node:test';
import { seal } from '../../../src/sealing/envelope.ts';
import { readTokenCacheInput } from '../../../src/sealing/token-cache-input.ts';
import { anyCache } from '../fakes/any-cache.ts';
import { binding, keyOf, recordContext } from '../fakes/record-context.ts';
import { type } from '../fakes/sealed.ts';

const { account, accessToken, idToken, refreshToken } = anyCache;
const appOnly = { ...accessToken, home_account_id: null, client_id: 'an app' };
const ofClient = (client_id: string): object => ({ ...refreshToken, client_id });
const elsewhere = { environment: 'login.microsoftonline.us' };

for (const [cache, found] of [
  [{ AccessToken: { appOnly } }, 'an app-only token'],
  [{ AccessToken: { appOnly, again: appOnly } }, '2 app-only tokens'],
  [{ RefreshToken: { a: ofClient('a') } }, 'tokens of another client ID'],
  [
    { RefreshToken: { a: ofClient('a'), b: ofClient('b'), c: ofClient('c') }, AccessToken: { appOnly } },
    'tokens of 3 other client IDs and an app-only token',
  ],
  [
    { Account: { a: { ...account, ...elsewhere } }, RefreshToken: { a: { ...refreshToken, ...elsewhere } } },
    'an account of another cloud or authority',
  ],
  [{ AccessToken: { a: { ...accessToken, ...elsewhere } } }, 'tokens of another cloud or authority'],
  [{ Account: { account } }, 'an account without a token of this client'],
  [
    { Account: { account, b: { ...account, home_account_id: 'b' } }, RefreshToken: { a: ofClient('a') } },
    'tokens of another client ID and 2 accounts without a token of this client',
  ],
  [
    { RefreshToken: { refreshToken } },
    'tokens of this client whose account is missing in the section Account',
  ],
  [
    { AccessToken: { a: { ...accessToken, token_type: 'pop' } } },
    'tokens that are bound to a key (PoP or SSH)',
  ],
  [
    { RefreshToken: { a: '@{home_account_id=a; secret=b}' } },
    'entries that ConvertTo-Json has cut short (give it -Depth 10)',
  ],
  [{ RefreshToken: { a: null, b: { ...refreshToken, secret: '' } } }, '2 unusable entries'],
  [
    { Account: { account, bad: 'x' }, AccessToken: { appOnly }, RefreshToken: { a: ofClient('a') } },
    'tokens of another client ID, an app-only token, an account without a token of this client and an unusable entry',
  ],
  [{ IdToken: { idToken } }, 'no token'],
] as const) {
  test(`A cache that holds ${found} is ignored, with these words`, async () => {
    const input = await readTokenCacheInput(JSON.stringify(cache), recordContext());

    assert.deepEqual(input, { kind: 'ignored', found });
  });
}

for (const text of [
  '{}',
  'e30=',
  '""',
  ' "{}" ',
  '\uFEFF{}',
  '{"Account":{},"IdToken":{},"AccessToken":{},"RefreshToken":{},"AppMetadata":{}}',
  '{"Account":null,"RefreshToken":null}',
]) {
  test(`The empty cache ${JSON.stringify(text)} is as good as none`, async () => {
    assert.deepEqual(await readTokenCacheInput(text, recordContext()), { kind: 'empty' });
  });
}

test('A sealed cache without an account is ignored', async () => {
  const times = { sealedAt: 2, refreshedAt: 1 };
  const text = await seal({ RefreshToken: { refreshToken } }, { type, key: keyOf(1), binding }, times);

  const input = await readTokenCacheInput(text, recordContext(keyOf(1)));
  assert.deepEqual(input, { kind: 'ignored', found: 'a sealed cache without an account' });
});
