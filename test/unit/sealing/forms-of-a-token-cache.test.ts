import assert from 'node:assert/strict';
import test from 'node:test';
import { sealRecord } from '../../../src/sealing/sign-in-record.ts';
import { readTokenCacheInput } from '../../../src/sealing/token-cache-input.ts';
import { anyCache, readForMsalNode } from '../fakes/any-cache.ts';
import { silentWithMsalNode } from '../fakes/msal-node.ts';
import { alice, homeAccountId } from '../fakes/people.ts';
import { binding, keyOf, recordContext } from '../fakes/record-context.ts';
import { smallCache } from '../fakes/small-cache.ts';

const { accessToken, idToken, refreshToken } = anyCache;
const account = { ...anyCache.account, name: 'Älice Ünder' };
const cache = {
  Account: { account },
  AccessToken: { accessToken },
  IdToken: { idToken },
  RefreshToken: { refreshToken },
};
const json = JSON.stringify(cache);

const utf16 = (text: string): Buffer => Buffer.from(text, 'utf16le');
const bigEndian = (text: string): Buffer => utf16(text).swap16();
const base64 = (bytes: Buffer | string): string => Buffer.from(bytes).toString('base64');
const mark = '\uFEFF';

for (const [form, text] of [
  ['JSON behind a byte order mark', `${mark}${json}`],
  ['base64 behind a byte order mark', `${mark}${base64(json)}\n`],
  ['base64 of UTF-8 with a byte order mark', base64(`${mark}${json}`)],
  ['base64 of UTF-16, little-endian, with a byte order mark', base64(utf16(`${mark}${json}`))],
  ['base64 of UTF-16, little-endian, without one', base64(utf16(json))],
  ['base64 of UTF-16, big-endian, with a byte order mark', base64(bigEndian(`${mark}${json}`))],
  ['base64 of UTF-16, big-endian, without one', base64(bigEndian(json))],
  ['base64 of JSON with white space around it', base64(`\r\n ${json}\r\n`)],
  ['a JSON text that holds JSON', JSON.stringify(json)],
  ['a JSON text that holds base64', JSON.stringify(base64(json))],
  ['base64 of a JSON text that holds JSON', base64(JSON.stringify(json))],
  ['base64 of base64', base64(base64(json))],
] as const) {
  test(`token-cache may be ${form}`, async () => {
    const input = await readTokenCacheInput(text, recordContext());

    assert.ok(input.kind === 'record', JSON.stringify(input));
    assert.deepEqual(input.record.cache, readForMsalNode(cache));
  });
}

for (const [form, bytes] of [
  ['with a byte order mark', utf16(`${mark}${json}`)],
  ['without one', utf16(json)],
  ['big-endian, with a byte order mark', bigEndian(`${mark}${json}`)],
] as const) {
  test(`UTF-16 that was read as UTF-8, ${form}, keeps its tokens`, async () => {
    const input = await readTokenCacheInput(bytes.toString('utf8'), recordContext());

    assert.ok(input.kind === 'record', JSON.stringify(input));
    assert.deepEqual(input.record.cache.RefreshToken, readForMsalNode(cache).RefreshToken);
  });
}

test('A sealed cache may stand in quotes', async () => {
  const signIn = {
    cache: smallCache(alice),
    homeAccountId: homeAccountId(alice),
    refreshedAt: 1,
    details: {},
  };
  const sealed = await sealRecord(signIn, { key: keyOf(1), binding, now: 2 });

  const input = await readTokenCacheInput(JSON.stringify(sealed), recordContext(keyOf(1)));
  assert.equal(input.kind, 'record');
});

test('Numbers may stand where texts are usual, and a username may be null', async () => {
  const numbers = {
    Account: { account: { ...account, username: null, last_modification_time: 5 } },
    AccessToken: {
      accessToken: {
        ...accessToken,
        cached_at: 1_700_000_000,
        expires_on: 4_000_000_000.5,
        extended_expires_on: 4_000_000_000,
        refresh_on: 'never',
      },
    },
    RefreshToken: { refreshToken: { ...refreshToken, last_modification_time: 1_700_000_000 } },
  };
  const read = readForMsalNode(numbers);

  const [person] = Object.values(read.Account);
  const [token] = Object.values(read.AccessToken);
  const [refresh] = Object.values(read.RefreshToken);
  assert.deepEqual([person?.['username'], person?.['last_modification_time']], ['', '5']);
  assert.deepEqual(
    ['cached_at', 'expires_on', 'extended_expires_on', 'refresh_on'].map((name) => token?.[name]),
    ['1700000000', '4000000000', '4000000000', undefined],
  );
  assert.equal(refresh?.['last_modification_time'], '1700000000');
  assert.equal((await silentWithMsalNode(read)).result.accessToken, 'access token');
});
