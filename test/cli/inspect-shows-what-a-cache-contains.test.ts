import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findLeaksIn } from '../../sandbox/leaks.ts';
import { sealRecord } from '../../src/sealing/sign-in-record.ts';
import { pythonCacheOf } from '../e2e/python-cache.ts';
import { scenario } from '../e2e/scenario.ts';
import { alice, homeAccountId } from '../unit/fakes/people.ts';
import { entryBinding, keyOf, keyText } from '../unit/fakes/record-context.ts';
import { smallCache } from '../unit/fakes/small-cache.ts';
import { runCompanion, seedByBrowser } from './companion.ts';

const python = 'login.microsoftonline.com';

scenario(
  'inspect shows what a sealed sign-in contains, and no secret',
  async ({ sandbox, encryptionKey }) => {
    const env = { ENTRA_ENCRYPTION_KEY: encryptionKey };
    const seeded = await seedByBrowser(sandbox, undefined, { env });
    const { exitCode, output } = await runCompanion(['inspect'], { env, input: seeded.output });

    assert.equal(exitCode, 0);
    assert.match(output, /^Sealed with key [0-9a-f]{16} on .* UTC \(\d+ seconds? ago\)\.$/m);
    assert.match(output, /^Client: +c11e0000-/m);
    assert.match(output, /^Authority: +https:\/\/login\.microsoftonline\.com\/5a4db000-/m);
    assert.match(output, /^Signed in: +.* UTC \(\d+ seconds? ago\)$/m);
    assert.match(output, /^If unused, this sign-in expires on \d{4}-\d\d-\d\d\.$/m);
    assert.match(output, /^Account: +alice@sandbox\.example \(a11ce000-\S+\.5a4db000-\S+\)$/m);
    assert.match(output, /^Refresh token: +yes, for client c11e0000-\S+ at login\.windows\.net$/m);
    assert.match(output, /^ +scopes User\.Read /m);
    assert.match(output, /^ +expires .* UTC \(in 1 hour\)$/m);
    const secrets = [...sandbox.authority.secrets, { kind: 'key', value: encryptionKey }];
    assert.deepEqual(findLeaksIn(secrets, [{ place: 'standard output', content: output }]), []);
  },
);

test('inspect shows what an entry of the workflow cache is bound to', async () => {
  const keepsake = {
    cache: smallCache(alice),
    homeAccountId: homeAccountId(alice),
    refreshedAt: 1,
    details: {},
  };
  const input = await sealRecord(keepsake, { key: keyOf(1), binding: entryBinding, now: 1 });
  const { exitCode, output } = await runCompanion(['inspect'], {
    env: { ENTRA_ENCRYPTION_KEY: keyText(1) },
    input,
  });

  assert.equal(exitCode, 0);
  assert.match(output, /^Repository: +o\/r \(501\) at https:\/\/github\.example$/m);
  assert.match(output, /^account: +alice@contoso\.example$/m);
  assert.match(output, /^cache-name: +reports$/m);
});

const forms = {
  JSON: (json: string) => json,
  base64: (json: string) => Buffer.from(json).toString('base64'),
  'a file that Windows PowerShell wrote': (json: string) => Buffer.from(`\uFEFF${json}`, 'utf16le'),
};

for (const [form, write] of Object.entries(forms)) {
  scenario(`inspect shows what a cache of MSAL Python contains, as ${form}`, async ({ sandbox }) => {
    const input = write(await pythonCacheOf(sandbox, python));
    const { exitCode, output } = await runCompanion(['inspect'], { input });

    assert.equal(exitCode, 0);
    assert.match(output, /^Not sealed: anyone who reads it can act as the person who signed in\.$/m);
    assert.match(output, /^Account: +alice@sandbox\.example /m);
    assert.match(
      output,
      /^Refresh token: +yes, for client \S+ at login\.microsoftonline\.com, obtained .* UTC \(/m,
    );
    assert.deepEqual(
      findLeaksIn(sandbox.authority.secrets, [{ place: 'standard output', content: output }]),
      [],
    );
  });
}

scenario('inspect says what it lacks to open a sealed cache', async ({ sandbox, encryptionKey }) => {
  const env = { ENTRA_ENCRYPTION_KEY: encryptionKey };
  const { output: sealed } = await seedByBrowser(sandbox, undefined, { env });

  const without = await runCompanion(['inspect'], { input: sealed });
  assert.match(without.told, /The cache is sealed\. Give the key/);
  assert.equal(without.exitCode, 2);

  const other = { ENTRA_ENCRYPTION_KEY: keyText(1) };
  const wrong = await runCompanion(['inspect'], { input: sealed, env: other });
  assert.match(wrong.told, /The cache cannot be opened\.\nWhy: it was sealed with another key/);
  assert.equal(wrong.exitCode, 1);

  const cut = await runCompanion(['inspect'], { input: sealed.slice(0, -20), env });
  assert.match(cut.told, /it is not whole/);
  assert.equal(cut.exitCode, 1);
});

test('inspect does not quote what is no cache', async () => {
  const { exitCode, output, told } = await runCompanion(['inspect'], { input: 'my-secret-password!' });

  assert.match(told, /This is not an MSAL cache\./);
  assert.doesNotMatch(told, /my-secret-password/);
  assert.equal(output, '');
  assert.equal(exitCode, 1);
});

test('inspect calls what is often taken for a cache by its name', async () => {
  const { exitCode, told } = await runCompanion(['inspect'], { input: '{"installationId":"x"}' });

  assert.match(told, /Why: it is a profile of the Azure CLI/);
  assert.equal(exitCode, 1);
});

for (const [what, input] of [
  ['without sections', '{}'],
  ['with empty sections', '{"Account":{},"RefreshToken":null,"AccessToken":[]}'],
  ['in base64', Buffer.from('{"AccessToken":{}}').toString('base64')],
] as const) {
  test(`inspect says that a cache ${what} is empty, and nothing else`, async () => {
    const { exitCode, output } = await runCompanion(['inspect'], { input });

    assert.equal(output, 'The cache is empty: it contains no account and no token.\n');
    assert.equal(exitCode, 0);
  });
}

test('inspect says that a cache with other entries has no account', async () => {
  const entry = { environment: python, client_id: 'c', family_id: '' };
  const input = JSON.stringify({ AppMetadata: { [`appmetadata-${python}-c`]: entry } });
  const { output } = await runCompanion(['inspect'], { input });

  assert.match(output, /^The cache contains no account, so it cannot get a token for anyone\.$/m);
});

test('inspect says that standard input is empty', async () => {
  const { exitCode, told } = await runCompanion(['inspect']);

  assert.match(told, /Standard input is empty/);
  assert.equal(exitCode, 2);
});
