import assert from 'node:assert/strict';
import test from 'node:test';
import { anyCache, readForMsalNode } from '../fakes/any-cache.ts';
import { alice } from '../fakes/people.ts';

const { account, accessToken, refreshToken } = anyCache;
const guest = { realm: '22222222-2222-4222-8222-222222222222', local_account_id: 'guest' };

for (const [order, Account] of [
  ['the home tenant first', { account, guest: { ...account, ...guest } }],
  ['the home tenant last', { guest: { ...account, ...guest }, account }],
] as const) {
  test(`Two accounts of one person, ${order}, become one with two profiles, as MSAL Node stores it`, () => {
    const guestToken = { ...accessToken, ...guest };
    const cache = readForMsalNode({
      Account,
      AccessToken: { accessToken, guestToken },
      RefreshToken: { refreshToken },
    });

    const [person, ...others] = Object.values(cache.Account);
    assert.deepEqual([person?.['realm'], others], [alice.tid, []]);
    const profiles = person?.['tenantProfiles'] as readonly string[];
    assert.deepEqual(
      profiles.map((profile) => JSON.parse(profile)),
      [
        { tenantId: alice.tid, localAccountId: alice.oid, username: alice.username, isHomeTenant: true },
        { tenantId: guest.realm, localAccountId: 'guest', username: alice.username, isHomeTenant: false },
      ],
    );
    assert.deepEqual(
      Object.values(cache.AccessToken).map(({ realm }) => realm),
      [alice.tid, guest.realm],
    );
  });
}
