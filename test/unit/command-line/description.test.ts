import assert from 'node:assert/strict';
import test from 'node:test';
import { describe } from '../../../src/command-line/description.ts';
import { parseMsalCache } from '../../../src/msal-cache/msal-cache.ts';
import { alice, homeAccountId } from '../fakes/people.ts';
import { pythonCache } from '../fakes/python-cache.ts';
import { clientId } from '../fakes/request.ts';

const host = 'login.microsoftonline.com';
const refreshedAt = Date.UTC(2023, 10, 14, 22, 13, 20);

test('A cache of MSAL Python is described with its ages, line by line', () => {
  const cache = parseMsalCache(pythonCache(alice, host, 'a refresh token'));
  const now = refreshedAt + 3 * 86_400_000;

  assert.deepEqual(describe({ cache, isEmpty: false, envelope: undefined }, now), [
    'Not sealed: anyone who reads it can act as the person who signed in.',
    '',
    `Account:        ${alice.username} (${homeAccountId(alice)})`,
    `Refresh token:  yes, for client ${clientId} at ${host}, obtained 2023-11-14 22:13 UTC (3 days ago)`,
    `Access token:   for client ${clientId} at ${host}, tenant ${alice.tid}`,
    '                scopes User.Read email openid profile',
    '                obtained 2023-11-14 22:13 UTC (3 days ago)',
    '                expired 2023-11-14 23:13 UTC (2 days ago)',
  ]);
});

test('What an envelope says stands first', () => {
  const envelope = {
    clientId,
    authority: `https://${host}/organizations`,
    sealedAt: refreshedAt + 7_200_000,
    refreshedAt,
    keyId: '0123456789abcdef',
    details: {},
  };
  const cache = parseMsalCache('{"Account":{}}');

  assert.deepEqual(describe({ cache, isEmpty: false, envelope }, refreshedAt + 2 * 7_200_000), [
    'Sealed with key 0123456789abcdef on 2023-11-15 00:13 UTC (2 hours ago).',
    `Client:         ${clientId}`,
    `Authority:      https://${host}/organizations`,
    'Last refreshed: 2023-11-14 22:13 UTC (4 hours ago)',
    'If unused, this sign-in expires on 2024-02-12.',
    '',
    'The cache contains no account, so it cannot get a token for anyone.',
  ]);
});

test('The description of an entry of the workflow cache says what it is bound to, and when the person signed in', () => {
  const envelope = {
    clientId,
    authority: `https://${host}/organizations`,
    account: alice.username,
    cacheName: '',
    repository: { server: 'https://github.com', id: '501', name: 'contoso/mail' },
    sealedAt: refreshedAt,
    refreshedAt,
    keyId: '0123456789abcdef',
    details: { signedInAt: refreshedAt - 86_400_000 },
  };
  const lines = describe({ cache: parseMsalCache('{"Account":{}}'), isEmpty: false, envelope }, refreshedAt);

  assert.deepEqual(lines.slice(3, 7), [
    'Repository:     contoso/mail (501) at https://github.com',
    `account:        ${alice.username}`,
    'cache-name:     none',
    'Signed in:      2023-11-13 22:13 UTC (1 day ago)',
  ]);
});

test('Without a refresh token it says that the sign-in ends when its access token expires', () => {
  const { RefreshToken: _, ...rest } = JSON.parse(pythonCache(alice, host, 'x')) as Record<string, unknown>;
  const lines = describe(
    { cache: parseMsalCache(JSON.stringify(rest)), isEmpty: false, envelope: undefined },
    refreshedAt,
  );

  assert.ok(lines.includes('Refresh token:  none: this sign-in ends when its access token expires'));
});

test('Names and dates that somebody made up break no line and nothing else', () => {
  const made = JSON.parse(pythonCache(alice, host, 'x')) as Record<string, Record<string, object>>;
  for (const account of Object.values(made['Account'] ?? {}))
    Object.assign(account, { username: 'a\u001b[2J\nb' });
  for (const token of Object.values(made['AccessToken'] ?? {}))
    Object.assign(token, { expires_on: '9'.repeat(30), cached_at: 'yesterday' });
  const lines = describe(
    { cache: parseMsalCache(JSON.stringify(made)), isEmpty: false, envelope: undefined },
    refreshedAt,
  );

  assert.ok(lines.includes(`Account:        a b (${homeAccountId(alice)})`), lines.join('\n'));
  assert.ok(!lines.some((line) => /expire[sd] /.test(line)));
});

test('A token that somebody put where a name or a scope should be is not shown, nor is a part of it', () => {
  const secret = '0.AXkAq7_Zp-Wd3Kx9vT2LmQe8RnYc5BhUJs4GfVoXiP6aDyEw1CzM0tHb';
  const made = JSON.parse(pythonCache(alice, host, secret)) as Record<string, Record<string, object>>;
  for (const account of Object.values(made['Account'] ?? {})) Object.assign(account, { username: secret });
  for (const token of Object.values(made['AccessToken'] ?? {}))
    Object.assign(token, { target: `User.Read ${secret.slice(9, 30)}`, realm: secret.slice(20, 40) });
  const cache = parseMsalCache(JSON.stringify(made));

  const lines = describe({ cache, isEmpty: false, envelope: undefined }, refreshedAt);

  assert.ok(lines.some((line) => line.startsWith('Account:        *** (')));
  assert.ok(lines.some((line) => line.endsWith('scopes User.Read ***')));
  assert.ok(lines.some((line) => line.endsWith('tenant ***')));
});
