import assert from 'node:assert/strict';
import test from 'node:test';
import { anyCache, readForMsalNode } from '../fakes/any-cache.ts';
import { silentWithMsalNode } from '../fakes/msal-node.ts';
import { alice } from '../fakes/people.ts';

const { account, accessToken, idToken } = anyCache;
const home = { tenantId: alice.tid, localAccountId: alice.oid, username: alice.username, isHomeTenant: true };
const guest = { tenantId: 'another', localAccountId: 'guest', name: 'Alice elsewhere' };
const hashtable = (profile: object): string =>
  `@{${Object.entries(profile)
    .map(([name, value]) => `${name}=${value === true ? 'True' : value}`)
    .join('; ')}}`;

for (const [form, tenantProfiles, read] of [
  [
    'a list of JSON texts, as MSAL Node writes it',
    [JSON.stringify(home), JSON.stringify(guest)],
    [home, guest],
  ],
  ['a list of objects', [home, guest], [home, guest]],
  ['one object instead of a list', home, [home]],
  ['one JSON text instead of a list', JSON.stringify(home), [home]],
  ['JSON texts with a space between', [home, guest].map((one) => JSON.stringify(one)).join(' '), [home]],
  ['the value and count of a list', { value: [home, guest], Count: 2 }, [home, guest]],
  ['a list of hash tables as text', [hashtable(home), hashtable(guest)], [home]],
  ['hash tables as one text', [home, guest].map(hashtable).join(' '), [home]],
  ['the name of a type', 'System.Object[]', [home]],
  ['null', null, [home]],
  ['an empty list', [], [home]],
  ['profiles that are none', [null, 7, 'x', '{', 'null', {}, { tenantId: 7 }, [home]], [home]],
  ['a profile that is nested too deep', [`{"a":${'['.repeat(200)}${']'.repeat(200)}}`], [home]],
  ['a profile with members that are none', [{ ...home, environment: 'evil.example', upn: 7 }], [home]],
] as const) {
  test(`Tenant profiles may be ${form}`, async () => {
    const cache = readForMsalNode({
      Account: { account: { ...account, tenantProfiles } },
      AccessToken: { accessToken },
      IdToken: { idToken },
    });

    const [person] = Object.values(cache.Account);
    const texts = person?.['tenantProfiles'] as readonly string[];
    assert.deepEqual(
      texts.map((text) => JSON.parse(text)),
      read,
    );
    const { result } = await silentWithMsalNode(cache);
    assert.deepEqual([result.accessToken, result.account?.username], ['access token', alice.username]);
  });
}
