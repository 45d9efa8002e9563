import assert from 'node:assert/strict';
import test from 'node:test';
import {
  homeAccountIds,
  NotAnMsalCache,
  onlyAccount,
  parseMsalCache,
  sameContents,
  secretsOf,
} from '../../../src/msal-cache/msal-cache.ts';
import { alice, bob, homeAccountId } from '../fakes/people.ts';
import { pythonCache } from '../fakes/python-cache.ts';
import { smallCache, smallCacheText } from '../fakes/small-cache.ts';

const account = { home_account_id: 'o.t', environment: 'e', username: 'u' };
const token = { home_account_id: 'o.t', environment: 'e', client_id: 'c', secret: 's' };

for (const [what, text] of [
  ['text', 'not json'],
  ['nothing', ''],
  ['null', 'null'],
  ['a list', '[]'],
  ['a number', '7'],
  ['an object without a section', '{}'],
  ['an account that is null', '{"Account":{"a":null}}'],
  ['an account that is a list', '{"Account":{"a":[]}}'],
  ['a section that is text', '{"Account":"a"}'],
  ['a section that is a list', '{"RefreshToken":[]}'],
  ['an account without an id', JSON.stringify({ Account: { a: { ...account, home_account_id: '' } } })],
  ['a refresh token without its secret', JSON.stringify({ RefreshToken: { a: { ...token, secret: 1 } } })],
  ['an access token without scopes', JSON.stringify({ AccessToken: { a: token } })],
  // MSAL throws on these later, with an error of its own.
  ['an id token that is no JWT', JSON.stringify({ IdToken: { a: { ...token, secret: 'garbage' } } })],
  ['an id token that holds no JSON', JSON.stringify({ IdToken: { a: { ...token, secret: 'a.b.c' } } })],
  [
    'a tenant profile list that is text',
    JSON.stringify({ Account: { a: { ...account, tenantProfiles: 'x' } } }),
  ],
  [
    'a tenant profile that is no JSON',
    JSON.stringify({ Account: { a: { ...account, tenantProfiles: ['x'] } } }),
  ],
] as const) {
  test(`${what} is no MSAL cache, and the message does not quote it`, () => {
    assert.throws(
      () => parseMsalCache(text),
      (error) =>
        error instanceof NotAnMsalCache && error.cause === undefined && !error.message.includes('not json'),
    );
  });
}

test('a cache of MSAL Python is one', () => {
  const cache = parseMsalCache(pythonCache(alice, 'login.microsoftonline.com', 'rt'));

  assert.deepEqual(homeAccountIds(cache), [homeAccountId(alice)]);
  assert.deepEqual(
    ['rt', 'old access token'].filter((secret) => !secretsOf(cache).includes(secret)),
    [],
  );
});

function turnedRound(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, member]) => [name, turnedRound(member)]),
  );
}

test('caches that differ in the order of their members only are the same', () => {
  const turned = JSON.stringify(turnedRound(JSON.parse(smallCacheText(alice))));

  assert.ok(sameContents(parseMsalCache(turned), smallCache(alice)));
});

test('caches that differ in one secret, or in one person, are not the same', () => {
  assert.ok(!sameContents(smallCache(alice, 'one'), smallCache(alice, 'two')));
  assert.ok(!sameContents(smallCache(alice), smallCache(bob)));
});

test('what is kept of one account holds nothing of another', () => {
  const [a, b] = [smallCache(alice), smallCache(bob)];
  const both = {
    ...a,
    Account: { ...a.Account, ...b.Account },
    RefreshToken: { ...a.RefreshToken, ...b.RefreshToken },
  };

  const kept = onlyAccount(both, homeAccountId(bob).toUpperCase());

  assert.ok(sameContents(kept, b));
});
