import assert from 'node:assert/strict';
import test from 'node:test';
import { EnvelopeError, open, seal } from '../../../src/sealing/envelope.ts';
import { openPendingSignIn, sealPendingSignIn } from '../../../src/sealing/pending-sign-in.ts';
import { pendingBinding, refusalOfPending, sealedPending } from '../fakes/pending.ts';
import { binding, keyOf } from '../fakes/record-context.ts';

const plainForm = (text: string): string => text.slice(text.indexOf('.') + 1).replaceAll('~', '');

test('a pending sign-in comes back as it was, in its run, for its client, authority, account and scopes', async () => {
  assert.deepEqual(await openPendingSignIn(sealedPending, [keyOf(2), keyOf(1)], pendingBinding), {
    secret: 'dc',
  });
});

test('scopes are compared without case', async () => {
  const scopes = ['mail.read', 'MAIL.SEND'];
  assert.equal(await refusalOfPending(sealedPending, { ...pendingBinding, scopes }), undefined);
});

for (const [code, changes] of [
  ['other-run', { run: 'https://github.example/o/r/actions/runs/43' }],
  ['other-client', { clientId: 'another' }],
  ['other-authority', { authority: 'https://login.microsoftonline.com/other' }],
  ['other-account', { account: 'bob@contoso.example' }],
  ['other-account', { account: '' }],
  ['other-scopes', { scopes: ['Mail.Read'] }],
  ['other-scopes', { scopes: ['Mail.Send', 'Mail.Read'] }],
] as const) {
  test(`elsewhere (${JSON.stringify(changes)}) it is refused as "${code}"`, async () => {
    assert.equal(await refusalOfPending(sealedPending, { ...pendingBinding, ...changes }), code);
  });
}

for (const contents of [
  null,
  'text',
  [],
  { signIn: {} },
  { run: pendingBinding.run, account: 7, scopes: 'mail.read mail.send', signIn: {} },
  { run: pendingBinding.run, account: '', scopes: 'mail.read', signIn: {}, other: 1 },
]) {
  test(`what is sealed as a pending sign-in and is none is refused: ${JSON.stringify(contents)}`, async () => {
    const times = { sealedAt: 1, refreshedAt: 1 };
    const jwe = await seal(contents, { type: 'entra-user-token-pending', key: keyOf(1), binding }, times);
    const text = `entra-user-token-pending.${jwe.replaceAll('eyJ', 'ey~J')}`;
    assert.equal(await refusalOfPending(text), 'tampered');
  });
}

test('a stored sign-in is no pending one, and the other way round', async () => {
  const cache = await seal(
    {},
    { type: 'entra-user-token-cache', key: keyOf(1), binding },
    { sealedAt: 1, refreshedAt: 1 },
  );
  const withoutJwtPrefix = `entra-user-token-pending.${cache.replaceAll('eyJ', 'ey~J')}`;

  assert.equal(await refusalOfPending(withoutJwtPrefix), 'wrong-type');
  await assert.rejects(
    open(plainForm(sealedPending), { type: 'entra-user-token-cache', keys: [keyOf(1)], binding }),
    (error) => error instanceof EnvelopeError && error.message === 'is a pending sign-in, not a stored one',
  );
});

test('its text never holds what the platform takes for a JWT, wherever that stands', async () => {
  // In 256 texts of 21 KB the three letters come about twenty times by chance, beside once at the start.
  const contents = 'x'.repeat(16_000);
  let byChance = 0;
  for (let count = 0; count < 256; count++) {
    const text = await sealPendingSignIn(contents, { key: keyOf(1), binding: pendingBinding, now: 1 });
    byChance += plainForm(text).split('eyJ').length - 2;
    assert.ok(!text.includes('eyJ'));
    assert.equal(await openPendingSignIn(text, [keyOf(1)], pendingBinding), contents);
  }
  assert.ok(byChance > 0, 'the letters never came');
});

for (const [what, text] of [
  ['the JWE itself', plainForm(sealedPending)],
  ['eyJ not disguised', sealedPending.replace('~', '')],
  ['a disguise where there is nothing to hide', sealedPending.replace('~J', '~~J')],
  ['one more character', `${sealedPending}~`],
] as const) {
  test(`another spelling of the same text is refused: ${what}`, async () => {
    assert.match((await refusalOfPending(text)) ?? '', /^(tampered|truncated)$/);
  });
}
