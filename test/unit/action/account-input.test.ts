import assert from 'node:assert/strict';
import test from 'node:test';
import { refusalOfInputs } from '../fakes/bad-input.ts';
import { inputsOf } from '../fakes/inputs.ts';
import { alice, homeAccountId } from '../fakes/people.ts';

const adfs = { authority: 'https://adfs.contoso.example/adfs' };
const ciam = { authority: 'https://contoso.ciamlogin.com/contoso.onmicrosoft.com' };
const alias = { authority: 'https://login.windows.net/contoso.example' };

for (const account of [
  'Alice@Contoso.example',
  "o'neil+x@contoso.example",
  '\u212aim@contoso.example',
  homeAccountId(alice).toUpperCase(),
  '00000000-0000-0000-1234-56789abcdef0.9188040d-6c67-4c5b-b112-36a304b66dad',
  '+15551234567',
]) {
  test(`${account} is accepted as it is written`, () => {
    assert.equal(inputsOf({ account: ` ${account} ` }).account, account);
    assert.equal(inputsOf({ account, ...adfs }).account, account);
  });
}

for (const account of [
  'alice_fabrikam.example#EXT#@contoso.onmicrosoft.com',
  'alice_fabrikam.example#ext#@contoso.onmicrosoft.com',
  'alice#Ext#',
]) {
  test(`on the clouds of Entra ${account} is refused with what to give in its place`, () => {
    for (const where of [{}, { cloud: 'china' }, { cloud: 'mars' }, alias])
      assert.match(
        refusalOfInputs({ account, ...where }),
        /account is the name of a guest.*name that the person has in the home tenant, or the id that the output account-id gives/,
      );
  });
}

for (const account of [
  'Alice',
  'a.b',
  alice.oid,
  `${homeAccountId(alice)}x`,
  'a@b@c',
  'a b@c',
  '+1 555 1234567',
  '+12',
]) {
  test(`on the clouds of Entra ${account} is neither a name nor an id`, () => {
    for (const where of [{}, alias])
      assert.match(
        refusalOfInputs({ account, ...where }),
        /account is neither a user principal name.*phone number/,
      );
  });
}

for (const account of [
  'Q2hhbmdlIG1l+/=',
  'CONTOSO\\alice',
  'a.b',
  'alice#EXT#x',
  'with space',
  'ключ',
  'x'.repeat(256),
]) {
  test(`elsewhere an id may be any text, so that the output account-id is accepted back: ${account.slice(0, 20)}`, () => {
    for (const where of [adfs, ciam]) assert.equal(inputsOf({ account, ...where }).account, account);
  });
}

for (const account of [
  'a\nb',
  'a\rb',
  'a\u0007b',
  'a\u2028b',
  'a\u0085b',
  'alice\u200b@contoso.example',
  'a\u202eb@c',
]) {
  test(`no account has ${JSON.stringify(account)}`, () => {
    for (const where of [{}, adfs])
      assert.match(
        refusalOfInputs({ account, ...where }),
        /account contains a line break or an invisible character/,
      );
  });
}
