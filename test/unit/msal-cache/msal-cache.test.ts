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

for (const [what, text] of [
  ['text', 'not json'],
  ['nothing', ''],
  ['null', 'null'],
  ['a list', '[]'],
  ['a number', '7'],
  ['an object without a section', '{"Other":{}}'],
  ['a section that is text', '{"Account":"a"}'],
  ['a section that is a list of something', '{"RefreshToken":["a"]}'],
] as const) {
  test(`${what} is not an MSAL cache, and the message does not quote it`, () => {
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
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
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

test('what is stored of one account contains nothing of another', () => {
  const [a, b] = [smallCache(alice), smallCache(bob)];
  const both = {
    ...a,
    Account: { ...a.Account, ...b.Account },
    RefreshToken: { ...a.RefreshToken, ...b.RefreshToken },
  };

  const kept = onlyAccount(both, homeAccountId(bob).toUpperCase());

  assert.ok(sameContents(kept, b));
});
