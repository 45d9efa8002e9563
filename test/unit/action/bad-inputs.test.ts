import assert from 'node:assert/strict';
import test from 'node:test';
import { refusalOfInputs } from '../fakes/bad-input.ts';
import { keyText } from '../fakes/record-context.ts';

const authority = 'https://adfs.contoso.example/adfs';

for (const [what, inputs, says] of [
  ['no client-id', { 'client-id': '' }, /client-id is missing; give the application \(client\) ID/],
  ['a client-id that is no GUID', { 'client-id': 'my-app' }, /client-id is not a GUID/],
  ['a client-id with braces', { 'client-id': '{c11e0000-0000-4000-8000-00000000c11e}' }, /client-id is not/],
  [
    'a tenant with a slash',
    { 'tenant-id': 'contoso.com/v2.0' },
    /tenant-id is no tenant; allowed are .*"common"/,
  ],
  ['a tenant that is a word', { 'tenant-id': 'contoso' }, /tenant-id is no tenant/],
  ['an unknown cloud', { cloud: 'germany' }, /cloud is none of "public", "usgovernment", "china"/],
  ['an unknown sign-in', { 'sign-in': 'yes' }, /sign-in is none of "auto", "allowed", "never", "force"/],
  ['an authority that is no URL', { authority: 'adfs' }, /authority is no URL/],
  [
    'an authority without TLS',
    { authority: 'http://adfs.example/adfs' },
    /authority must begin with "https:/,
  ],
  ['an authority with a password', { authority: 'https://u:p@adfs.example/adfs' }, /user name or password/],
  ['an authority with a query', { authority: `${authority}?a=b` }, /authority must not hold a query/],
  ['an authority without a path', { authority: 'https://adfs.example' }, /authority has no path/],
  ['an authority beside cloud', { authority, cloud: 'public' }, /together with cloud/],
  ['an authority beside tenant-id', { authority, 'tenant-id': 'common' }, /together with tenant-id/],
  ['B2C by its host', { authority: 'https://c.b2clogin.com/c.com/p' }, /B2C, which has no device code/],
  ['B2C on a port', { authority: 'https://c.b2clogin.com:8443/c.com/p' }, /B2C, which has no device code/],
  ['B2C by its policy', { authority: 'https://login.example/c.com/B2C_1_in' }, /B2C, which has no device/],
  ['B2C by its path', { authority: 'https://login.example/tfp/c.com/p' }, /B2C, which has no device code/],
  ['a host with "token"', { authority: 'https://tokens.example/adfs' }, /"\/token" in its host or path/],
  ['a path with "token"', { authority: 'https://adfs.example/Token/adfs' }, /"\/token" in its host or path/],
  ['a key that is too short', { 'encryption-key': 'c2hvcnQ=' }, /encryption-key is not 32 bytes/],
  ['one key twice', { 'encryption-key': `${keyText(1)}\n${keyText(1)}` }, /encryption-key line 2/],
  [
    'a timeout in words',
    { 'sign-in-timeout-minutes': 'ten' },
    /sign-in-timeout-minutes is not a whole number from 1 to 60/,
  ],
  ['a mailbox that is a name', { mailbox: 'reports' }, /mailbox is no mail address; give .* \(name@domain\)/],
  ['a mailbox with a control character', { mailbox: 'a@b.c\x01auth=Bearer x' }, /mailbox is no mail address/],
  ['a mailbox with a display name', { mailbox: 'Reports <a@b.c>' }, /mailbox is no mail address/],
  ['two mailboxes', { mailbox: 'a@b.c,d@e.f' }, /mailbox is no mail address/],
  ['a mailbox without end', { mailbox: `a@${'b'.repeat(400)}` }, /mailbox has 402 characters; at most 320/],
  ['a timeout of nothing', { 'sign-in-timeout-minutes': '0' }, /sign-in-timeout-minutes is not/],
  ['a timeout with a fraction', { 'sign-in-timeout-minutes': '1.5' }, /sign-in-timeout-minutes is not/],
  [
    'a negative lifetime',
    { 'minimum-lifetime-minutes': '-1' },
    /minimum-lifetime-minutes is not a whole number from 0/,
  ],
  ['a lifetime in hexadecimal', { 'minimum-lifetime-minutes': '0x10' }, /minimum-lifetime-minutes is not/],
  ['a switch that is neither', { 'workflow-cache': 'yes' }, /workflow-cache is neither "true" nor "false"/],
  ['an account that is a name', { account: 'Alice' }, /account is neither a user principal name/],
  [
    'a cache-name that is too long',
    { 'cache-name': 'x'.repeat(101) },
    /cache-name has 101 characters; at most 100/,
  ],
  [
    'a pending sign-in without a key',
    { 'pending-sign-in': 'entra-user-token-pending.x' },
    /pending-sign-in is given without encryption-key/,
  ],
  [
    'a sign-in for another job without a key',
    { 'wait-for-sign-in': 'false' },
    /wait-for-sign-in is "false" without encryption-key/,
  ],
  [
    'a sign-in for another job where none may begin',
    { 'wait-for-sign-in': 'false', 'sign-in': 'never', 'encryption-key': keyText(1) },
    /wait-for-sign-in is "false" with sign-in "never"/,
  ],
  [
    'a sign-in that is to be begun and finished',
    { 'wait-for-sign-in': 'false', 'pending-sign-in': 'x', 'encryption-key': keyText(1) },
    /wait-for-sign-in is "false" together with pending-sign-in/,
  ],
  [
    'a pending sign-in where no sign-in may happen',
    { 'pending-sign-in': 'x', 'sign-in': 'never', 'encryption-key': keyText(1) },
    /pending-sign-in is given with sign-in "never"/,
  ],
  ['scopes that name no permission', { scopes: ' , ,' }, /scopes names no permission/],
] as const) {
  test(`${what} is refused before anything is done`, () => {
    const message = refusalOfInputs(inputs);

    assert.match(message, says);
    assert.match(message, /No request was made\./);
  });
}

test('one error names every bad input', () => {
  const message = refusalOfInputs({
    'client-id': 'x',
    'tenant-id': 'a/b',
    cloud: 'moon',
    scopes: ',',
    account: 'Alice',
    'sign-in': 'maybe',
    'sign-in-timeout-minutes': 'long',
    'minimum-lifetime-minutes': 'short',
    'encryption-key': 'short',
    'workflow-cache': 'perhaps',
    'cache-name': 'a\u0007b',
  });

  const named = [...message.matchAll(/(?:^Why: |\. )([a-z-]+) (?:is|names|holds)\b/gm)].map(
    ([, input]) => input,
  );
  assert.equal(
    named.sort().join(),
    'account,cache-name,client-id,cloud,encryption-key,minimum-lifetime-minutes,scopes,sign-in,sign-in-timeout-minutes,tenant-id,workflow-cache',
  );
});

test('a bad key is not quoted', () => {
  assert.ok(!refusalOfInputs({ 'encryption-key': 'not-a-key-but-secret' }).includes('secret'));
});
