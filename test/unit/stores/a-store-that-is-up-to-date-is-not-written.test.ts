import assert from 'node:assert/strict';
import test from 'node:test';
import { isUpToDate } from '../../../src/stores/sign-in-store.ts';
import { alice, homeAccountId } from '../fakes/people.ts';
import { keyOf } from '../fakes/record-context.ts';
import { details } from '../fakes/sealed.ts';
import { smallCache, smallCacheText } from '../fakes/small-cache.ts';

const key = keyOf(1);
const current = { cache: smallCache(alice), refreshedAt: 1, keyId: key.id, details };
const toSave = {
  cache: smallCacheText(alice),
  homeAccountId: homeAccountId(alice),
  refreshedAt: 2,
  details,
  isNewSignIn: false,
};

test('A store that holds the same sign-in, with all that is known of it, is not written', () => {
  assert.ok(isUpToDate(current, toSave, key));
});

for (const [what, changes] of [
  ['when the person signed in', { signedInAt: 7 }],
  ['how long the tenant lets a sign-in last', { longestLifetime: 7 }],
  ['the name that was pinned', { pinned: { ...details.pinned, name: 'b@contoso.example' } }],
  ['the id that was pinned', { pinned: { ...details.pinned, id: 'c.d' } }],
  ['whether a name was pinned', { pinned: undefined }],
  ['the tenant that the authority named', { tenant: 'c' }],
] as const) {
  test(`A store is written when this is known anew: ${what}`, () => {
    assert.ok(!isUpToDate(current, { ...toSave, details: { ...details, ...changes } }, key));
  });
}

test('A store is not written for what discovery said, which can be fetched again', () => {
  const discovery = { fetchedAt: 9, document: {} };
  assert.ok(isUpToDate(current, { ...toSave, details: { ...details, discovery } }, key));
});

test('A plain cache has no room for details, and is not written again for them', () => {
  assert.ok(isUpToDate({ ...current, keyId: undefined, details: {} }, toSave, undefined));
});
