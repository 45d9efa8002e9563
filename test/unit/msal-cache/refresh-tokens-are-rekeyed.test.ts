import assert from 'node:assert/strict';
import test from 'node:test';
import { type Entity, parseMsalCache } from '../../../src/msal-cache/msal-cache.ts';
import { toMsalNodeCache } from '../../../src/msal-cache/msal-node-cache.ts';
import { alice, homeAccountId } from '../fakes/people.ts';
import { recordContext } from '../fakes/record-context.ts';
import { clientId } from '../fakes/request.ts';
import { smallCacheText } from '../fakes/small-cache.ts';

const { owner } = recordContext();
const token = {
  home_account_id: homeAccountId(alice),
  environment: 'login.microsoftonline.com',
  client_id: clientId,
};

function secretsAfterRekeying(tokens: Record<string, Entity>): unknown[] {
  const { RefreshToken } = toMsalNodeCache(parseMsalCache(JSON.stringify({ RefreshToken: tokens })), owner);
  return Object.values(RefreshToken).map(({ secret }) => secret);
}

test('of several refresh tokens of one account the newest stays, and those that have no date', () => {
  const tokens = {
    middle: { ...token, secret: 'middle', last_modification_time: '1700000500' },
    newest: { ...token, secret: 'newest', last_modification_time: '1700000900', target: 'Mail.Read' },
    undated: { ...token, secret: 'undated', environment: 'login.windows.net' },
  };

  assert.deepEqual(secretsAfterRekeying(tokens), ['newest', 'undated']);
});

test('refresh tokens of other clients, of families and of other clouds go', () => {
  const tokens = {
    own: { ...token, secret: 'own' },
    client: { ...token, secret: 'another client', client_id: 'another' },
    cloud: { ...token, secret: 'another cloud', environment: 'login.microsoftonline.us' },
  };

  assert.deepEqual(secretsAfterRekeying(tokens), ['own']);
});

test('what MSAL Node filed itself stays as it is', () => {
  const cache = parseMsalCache(smallCacheText(alice));

  assert.deepEqual(toMsalNodeCache(cache, owner), cache);
});
