import assert from 'node:assert/strict';
import test from 'node:test';
import { granted } from '../fakes/answers.ts';
import { anyCache, readForMsalNode } from '../fakes/any-cache.ts';
import { silentWithMsalNode } from '../fakes/msal-node.ts';
import { alice } from '../fakes/people.ts';
import { clientId } from '../fakes/request.ts';

const { account, idToken, refreshToken } = anyCache;
const stored = { Account: { account }, IdToken: { idToken }, RefreshToken: { refreshToken } };
const metadata = (environment: string, more: object = {}): object => ({
  [`appmetadata-${environment}-${clientId}`]: { client_id: clientId, environment, ...more },
});

const twoAliases = { ...metadata('login.microsoftonline.com'), ...metadata('login.windows.net') };

test('AppMetadata under two names of one cloud becomes one entry, and MSAL Node refreshes', async () => {
  const cache = readForMsalNode({ ...stored, AppMetadata: twoAliases });

  assert.deepEqual(cache.AppMetadata, metadata('login.windows.net'));
  const { result, sent } = await silentWithMsalNode(cache, granted(alice));
  assert.equal(result.accessToken, 'access token of alice');
  assert.deepEqual(
    sent.map((form) => form.get('refresh_token')),
    ['refresh token'],
  );
});

test('AppMetadata of other clients, of other clouds and of a family goes', () => {
  const others = {
    other: { client_id: 'another', environment: 'login.windows.net' },
    cloud: { client_id: clientId, environment: 'login.microsoftonline.us' },
    family: { client_id: clientId, environment: 'login.windows.net', family_id: '1' },
  };

  assert.deepEqual(readForMsalNode({ ...stored, AppMetadata: others }).AppMetadata, {});
  assert.deepEqual(
    readForMsalNode({ ...stored, AppMetadata: { ...others, ...twoAliases } }).AppMetadata,
    metadata('login.windows.net'),
  );
});

test('Tokens under two names of one cloud become one each, and MSAL Node takes them', async () => {
  const { accessToken } = anyCache;
  const sooner = { ...accessToken, secret: 'ends sooner', expires_on: '3900000000' };
  const alias = { environment: 'login.windows.net' };
  const cache = readForMsalNode({
    ...stored,
    Account: { account, alias: { ...account, ...alias } },
    AccessToken: {
      accessToken,
      alias: { ...sooner, ...alias, target: 'openid user.read offline_access profile' },
    },
    IdToken: { idToken, alias: { ...idToken, ...alias } },
  });

  const { result } = await silentWithMsalNode(cache);
  assert.deepEqual([result.accessToken, result.account?.username], ['access token', alice.username]);
});
