import assert from 'node:assert/strict';
import { test } from 'node:test';
import { holdsSignIn } from '../../../src/msal-cache/holds-sign-in.ts';
import { parseMsalCache } from '../../../src/msal-cache/msal-cache.ts';
import { alice, bob, homeAccountId } from '../fakes/people.ts';
import { smallCache } from '../fakes/small-cache.ts';

const ofAlice = smallCache(alice);

test('an account with its refresh token is a sign-in, however the id is written', () => {
  assert.equal(holdsSignIn(ofAlice, homeAccountId(alice)), true);
  assert.equal(holdsSignIn(ofAlice, homeAccountId(alice).toUpperCase()), true);
});

test('the sign-in of somebody else is none of this account', () => {
  assert.equal(holdsSignIn(ofAlice, homeAccountId(bob)), false);
  const mixed = { ...smallCache(bob), RefreshToken: ofAlice.RefreshToken };
  assert.equal(holdsSignIn(mixed, homeAccountId(bob)), false);
  assert.equal(holdsSignIn(mixed, homeAccountId(alice)), false);
});

test('no account, no refresh token or an empty one is no sign-in', () => {
  assert.equal(holdsSignIn({ ...ofAlice, Account: {} }, homeAccountId(alice)), false);
  assert.equal(holdsSignIn({ ...ofAlice, RefreshToken: {} }, homeAccountId(alice)), false);
  assert.equal(holdsSignIn(smallCache(alice, ' '), homeAccountId(alice)), false);
});

test('entries without an id are not the sign-in of an account without an id', () => {
  const token = { home_account_id: 1, secret: 'a refresh token' };
  const cache = { ...parseMsalCache('{"Account":{}}'), Account: { a: {} }, RefreshToken: { r: token } };
  assert.equal(holdsSignIn(cache, ''), false);
});
