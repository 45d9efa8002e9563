import assert from 'node:assert/strict';
import test from 'node:test';
import {
  canonicalAccount,
  isAccountName,
  isHomeAccountIdOfEntra,
  lowerAscii,
  sameName,
} from '../../../src/entra/account-name.ts';
import { restorePrefix } from '../../../src/stores/workflow-cache/entries.ts';
import { alice, homeAccountId } from '../fakes/people.ts';
import { binding } from '../fakes/record-context.ts';

const kelvin = '\u212a';
const dottedI = '\u0130';
const id = homeAccountId(alice);
const entra = { wellKnown: true };
const adfs = { wellKnown: false };

test('names are compared without case over ASCII, and over nothing else', () => {
  assert.equal(lowerAscii(`AZ az ${kelvin}${dottedI}É[@`), `az az ${kelvin}${dottedI}É[@`);
  assert.ok(sameName('Kim@Contoso.example', 'kIM@contoso.EXAMPLE'));
  assert.ok(!sameName('kim@contoso.example', `${kelvin}im@contoso.example`));
  assert.ok(!sameName('i', dottedI) && !sameName('é', 'É') && !sameName('ss', 'ß'));
});

test('a home account id of Entra is two GUIDs with a dot between them', () => {
  for (const text of [
    id,
    id.toUpperCase(),
    '00000000-0000-0000-1234-56789abcdef0.9188040d-6c67-4c5b-b112-36a304b66dad',
  ])
    assert.ok(isHomeAccountIdOfEntra(text), text);
  for (const text of [
    '',
    'a.b',
    `${id}.`,
    `x${id}`,
    `${id}\n`,
    id.replace('.', '-'),
    alice.oid,
    '+15551234567',
  ])
    assert.ok(!isHomeAccountIdOfEntra(text), text);
});

test('on the clouds of Entra all that is no id is a name; elsewhere what has an @', () => {
  for (const name of ['alice@contoso.example', '+15551234567']) assert.ok(isAccountName(name, entra));
  for (const text of [id, '']) assert.ok(!isAccountName(text, entra));
  assert.ok(isAccountName('alice@contoso.example', adfs));
  for (const text of [id, 'Q2hhbmdlIG1l+/=', '+15551234567']) assert.ok(!isAccountName(text, adfs));
});

for (const [account, authority, canonical] of [
  ['Alice@Contoso.example', entra, 'alice@contoso.example'],
  ['Alice@Contoso.example', adfs, 'alice@contoso.example'],
  [`${kelvin}im@contoso.example`, entra, `${kelvin}im@contoso.example`],
  [id.toUpperCase(), entra, id],
  [id.toUpperCase(), adfs, id],
  ['aB+/cD==', adfs, 'aB+/cD=='],
  ['Alice', entra, 'alice'],
  ['Alice', adfs, 'Alice'],
  ['', entra, ''],
] as const) {
  test(`"${account}" ${authority.wellKnown ? 'of Entra' : 'of AD FS'} is "${canonical}" in the name of a cache entry`, () => {
    assert.equal(canonicalAccount(account, authority), canonical);
  });
}

test('an account or a cache name in another case is another entry of the workflow cache', () => {
  const prefix = (account: string, cacheName: string) =>
    restorePrefix({ ...binding, account, cacheName }, 'key');

  assert.notEqual(prefix('aB', ''), prefix('ab', ''));
  assert.notEqual(prefix('', 'Nightly'), prefix('', 'nightly'));
  assert.equal(prefix('aB', 'x'), prefix('aB', 'x'));
  assert.match(prefix('aB', 'x'), /^[a-z0-9-]+$/);
});
