import assert from 'node:assert/strict';
import test from 'node:test';
import { holdsSignIn } from '../../../src/msal-cache/holds-sign-in.ts';
import { type MsalCache, toMsalCache } from '../../../src/msal-cache/msal-cache.ts';
import { toMsalNodeCache } from '../../../src/msal-cache/msal-node-cache.ts';
import { refreshTokensOf } from '../../../src/msal-cache/refresh-tokens.ts';
import { anyCache, readForMsalNode } from '../fakes/any-cache.ts';
import { alice, homeAccountId } from '../fakes/people.ts';
import { recordContext } from '../fakes/record-context.ts';

const { account, refreshToken } = anyCache;
const id = homeAccountId(alice);
const ofMsalNode = `${id}-login.windows.net-refreshtoken-${refreshToken.client_id}---`;

const withTokens = (RefreshToken: Readonly<Record<string, object>>): MsalCache =>
  readForMsalNode({ Account: { account }, RefreshToken });
const secrets = (cache: MsalCache): unknown[] => refreshTokensOf(cache, id).map(({ secret }) => secret);
const token = (secret: string, date?: unknown): object => ({
  ...refreshToken,
  secret,
  ...(date !== undefined && { last_modification_time: date }),
});

test('The newest refresh token comes first, then each that has no date, and what is surely older is gone', () => {
  const cache = withTokens({
    a: token('undated'),
    b: token('older', '1700000100'),
    c: token('newest', 1_700_000_900),
    d: token('another undated', 'yesterday'),
  });

  assert.deepEqual(secrets(cache), ['newest', 'undated', 'another undated']);
  assert.deepEqual(Object.keys(cache.RefreshToken)[0], ofMsalNode);
});

test('Two refresh tokens of the same second are both stored: either may be the newer', () => {
  assert.deepEqual(secrets(withTokens({ a: token('a', '1700000100'), b: token('b', '1700000100') })), [
    'a',
    'b',
  ]);
});

test('The same secret under two names of the cloud is one refresh token', () => {
  const alias = { ...token('same'), environment: 'sts.windows.net' };

  assert.deepEqual(secrets(withTokens({ a: token('same'), b: alias })), ['same']);
});

test('Of those without a date the one that MSAL Node filed comes first', () => {
  const filed = { ...token('of MSAL Node'), environment: 'login.windows.net' };
  const cache = withTokens({ a: token('of MSAL for Go'), [ofMsalNode]: filed });

  assert.deepEqual(secrets(cache), ['of MSAL Node', 'of MSAL for Go']);
});

test('What is read again stays in its order', () => {
  const cache = withTokens({ a: token('a'), b: token('b'), c: token('c') });

  const again = toMsalNodeCache(toMsalCache(JSON.parse(JSON.stringify(cache))), recordContext().owner);
  assert.deepEqual([again, Object.keys(again.RefreshToken)], [cache, Object.keys(cache.RefreshToken)]);
});

test('Two ids of AD FS that differ by case are two people, and neither takes the place of the other', () => {
  const people = ['Subject', 'sUBJECT'];
  const cache = readForMsalNode({
    Account: Object.fromEntries(
      people.map((sub) => [sub, { ...account, home_account_id: sub, username: sub }]),
    ),
    RefreshToken: Object.fromEntries(people.map((sub) => [sub, { ...token(sub), home_account_id: sub }])),
  });

  assert.deepEqual(
    Object.values(cache.Account).map(({ username }) => username),
    people,
  );
  for (const sub of people)
    assert.deepEqual(
      refreshTokensOf(cache, sub).map(({ secret }) => secret),
      [sub],
    );
  assert.deepEqual(refreshTokensOf(cache, 'subject'), []);
});

test('A cache holds a sign-in when an account and a refresh token of its own are in it', () => {
  const whole = withTokens({ a: token('a') });

  assert.ok(holdsSignIn(whole, id));
  assert.ok(holdsSignIn(whole, id.toUpperCase()));
  assert.ok(!holdsSignIn(whole, 'somebody.else'));
  assert.ok(!holdsSignIn(whole, ''));
  assert.ok(!holdsSignIn({ ...whole, Account: {} }, id));
  assert.ok(!holdsSignIn({ ...whole, RefreshToken: {} }, id));
  assert.ok(!holdsSignIn({ ...whole, RefreshToken: { a: { ...refreshToken, secret: '' } } }, id));
});
