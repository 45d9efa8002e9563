import assert from 'node:assert/strict';
import test from 'node:test';
import { sameHomeAccountId } from '../../../src/entra/home-account-id.ts';
import { homeAccountIds, onlyAccount, toMsalCache } from '../../../src/msal-cache/msal-cache.ts';
import { anyCache } from '../fakes/any-cache.ts';
import { alice, homeAccountId } from '../fakes/people.ts';

const id = homeAccountId(alice);

test('Ids of Entra are compared without case, every other id exactly', () => {
  assert.ok(sameHomeAccountId(id, id.toUpperCase()));
  assert.ok(sameHomeAccountId('Subject+1=', 'Subject+1='));
  for (const [one, other] of [
    ['Subject+1=', 'subject+1='],
    ['a.b', 'A.B'],
    [alice.oid, alice.oid.toUpperCase()],
    [`${alice.oid}.Tenant`, `${alice.oid}.tenant`],
    // Lower-cased, the sign for Kelvin would be a k.
    ['\u212A', 'k'],
    ['', 'a'],
  ] as const)
    assert.ok(!sameHomeAccountId(one, other), `${one} ${other}`);
});

test('One person whose id is in two spellings stays one person, with everything stored', () => {
  const { account, refreshToken } = anyCache;
  const cache = toMsalCache({
    Account: { account: { ...account, home_account_id: id.toUpperCase() } },
    RefreshToken: { refreshToken },
  });

  assert.deepEqual(homeAccountIds(cache), [id]);
  assert.deepEqual(onlyAccount(cache, id), cache);
});
