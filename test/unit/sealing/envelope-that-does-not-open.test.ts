import assert from 'node:assert/strict';
import test from 'node:test';
import { open, seal } from '../../../src/sealing/envelope.ts';
import { binding, entryBinding, keyOf } from '../fakes/record-context.ts';
import { details, jwe, refusalOf, sealed, sealedEntry, type } from '../fakes/sealed.ts';

const times = { sealedAt: 2, refreshedAt: 1 };
const kid = keyOf(1).id;

test('another key is "wrong-key"', async () => {
  assert.equal(await refusalOf(await seal({}, { type, key: keyOf(2), binding }, times)), 'wrong-key');
});

test('a pending sign-in, or whatever else is sealed, is "wrong-type"', async () => {
  assert.equal(await refusalOf(await jwe({ typ: 'entra-user-token-pending', kid }, {})), 'wrong-type');
});

for (const version of [0, 1, 1.5, 3]) {
  test(`format ${version} is "unknown-version", whatever is in it`, async () => {
    assert.equal(await refusalOf(await jwe({ typ: type, kid }, { version })), 'unknown-version');
    const payload = { version, ...binding, ...times, contents: {} };
    assert.equal(await refusalOf(await jwe({ typ: type, kid }, payload)), 'unknown-version');
  });
}

test('the envelope of another client is "other-client", that of another tenant "other-authority"', async () => {
  assert.equal(await refusalOf(sealed, { ...binding, clientId: 'another' }), 'other-client');
  assert.equal(
    await refusalOf(sealed, { ...binding, authority: 'https://login.microsoftonline.com/other' }),
    'other-authority',
  );
});

const { repository } = entryBinding;
for (const [code, changes] of [
  ['other-client', { clientId: 'another' }],
  ['other-authority', { authority: 'https://login.microsoftonline.com/other' }],
  ['other-account', { account: 'bob@contoso.example' }],
  ['other-account', { account: '' }],
  ['other-cache-name', { cacheName: 'admin' }],
  ['other-cache-name', { cacheName: 'Reports' }],
  ['other-cache-name', { cacheName: '' }],
  ['other-repository', { repository: { ...repository, id: '502' } }],
  ['other-repository', { repository: { ...repository, id: '', name: 'o/other' } }],
  ['other-repository', { repository: { ...repository, server: 'https://github.com' } }],
] as const) {
  test(`an entry of the workflow cache is "${code}" for ${JSON.stringify(changes)}`, async () => {
    assert.equal(await refusalOf(sealedEntry, { ...entryBinding, ...changes }), code);
  });
}

test('an entry opens where the repository has another name by now, and where only its name is known', async () => {
  for (const known of [{ name: 'o/renamed' }, { id: '' }]) {
    const wanted = { ...entryBinding, repository: { ...repository, ...known } };
    await assert.doesNotReject(open(sealedEntry, { type, keys: [keyOf(1)], binding: wanted }));
  }
});

test('what was sealed for a secret is "not-bound" in the workflow cache', async () => {
  assert.equal(await refusalOf(sealed, entryBinding), 'not-bound');
});

const whole = { version: 2, ...entryBinding, ...times, ...details, contents: {} };
const withMember = (name: string, value: unknown): Promise<string> =>
  jwe({ typ: type, kid }, { ...whole, [name]: value });

test('a payload with all of its members opens', async () => {
  await assert.doesNotReject(
    open(await jwe({ typ: type, kid }, whole), { type, keys: [keyOf(1)], binding: entryBinding }),
  );
});

const strangers = [null, true, 1e300, -1, '', 'text', [], {}, [1], { name: 'a' }];
const fitting: Readonly<Record<string, readonly unknown[]>> = {
  // Of any text and any contents there is no wrong one, only another.
  contents: strangers,
  clientId: ['', 'text'],
  authority: ['', 'text'],
  account: ['', 'text'],
  cacheName: ['', 'text'],
  tenant: ['', 'text'],
};

for (const name of Object.keys(whole)) {
  test(`a payload whose ${name} is of a wrong type is refused, and nothing of it is read`, async () => {
    for (const value of strangers.filter((stranger) => !fitting[name]?.includes(stranger))) {
      const refusal = await refusalOf(await withMember(name, value), entryBinding);
      const isNumber = name === 'version' && typeof value === 'number';
      assert.equal(refusal, isNumber ? 'unknown-version' : 'tampered', JSON.stringify(value));
    }
  });
}

for (const name of [
  'version',
  'clientId',
  'authority',
  'sealedAt',
  'refreshedAt',
  'contents',
  'account',
  'repository',
]) {
  test(`a payload without ${name} is refused`, async () => {
    assert.equal(await refusalOf(await withMember(name, undefined), entryBinding), 'tampered');
  });
}

for (const [what, name, value] of [
  ['a member that this version does not know', 'other', 1],
  ['a member with a name of every object', 'toString', 'x'],
  ['a repository with a member more', 'repository', { ...repository, owner: 'o' }],
  ['a repository without its server', 'repository', { id: '501', name: 'o/r' }],
  ['a repository whose number is a number', 'repository', { ...repository, id: 501 }],
  ['a pinned name without an id', 'pinned', { name: 'alice@contoso.example' }],
  ['a pinned id that is a number', 'pinned', { ...details.pinned, id: 1 }],
  ['a discovery document that is a list', 'discovery', { ...details.discovery, document: [] }],
  ['a discovery of no time', 'discovery', { ...details.discovery, fetchedAt: 'today' }],
] as const) {
  test(`${what} is refused`, async () => {
    assert.equal(await refusalOf(await withMember(name, value), entryBinding), 'tampered');
  });
}

test('a payload that is no object is refused', async () => {
  for (const payload of [null, [], 'text', 2])
    assert.equal(await refusalOf(await jwe({ typ: type, kid }, payload)), 'tampered');
});

test('a header with one member more, or in another order, is "tampered"', async () => {
  assert.equal(await refusalOf(await jwe({ typ: type, kid, cty: 'json' }, {})), 'tampered');
  assert.equal(await refusalOf(await jwe({ kid, typ: type }, {})), 'tampered');
});

for (const text of ['', 'eyJ', '....', '.', 'not an envelope at all', 'eyJhbGciOiJub25lIn0.e30.']) {
  test(`"${text}" is refused with a named error`, async () => {
    assert.match(await refusalOf(text), /^(truncated|tampered)$/);
  });
}
