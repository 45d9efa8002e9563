import assert from 'node:assert/strict';
import { alice, multiTenantApp, sandboxTenant } from '../../sandbox/authority/directory.ts';
import { schedule } from '../../sandbox/runner/events.ts';
import { logOf, scenario } from '../e2e/scenario.ts';
import { assertTellsNoSecret, Companion, fileWith, seedArguments, seedByBrowser } from './companion.ts';

const elsewhere = `https://authority.sandbox.example/${sandboxTenant.id}`;

for (const { at, words, inputs } of [
  { at: 'the public cloud', words: seedArguments, inputs: { 'tenant-id': sandboxTenant.id } },
  {
    at: 'another authority',
    words: ['seed', '--client-id', multiTenantApp.clientId, '--authority', `${elsewhere}/`],
    inputs: { authority: elsewhere },
  },
]) {
  scenario(
    `A sign-in by browser at ${at} is printed sealed, and the action goes on with it silently`,
    async ({ sandbox, run, encryptionKey, keepSecret }) => {
      await using keyFile = await fileWith(`${encryptionKey}\n`);
      const seeded = await seedByBrowser(sandbox, [...words, '--encryption-key-file', keyFile.path]);

      assert.equal(seeded.exitCode, 0, seeded.told);
      assert.match(seeded.output, /^eyJ[\w-]+\.\.[\w-]+\.[\w-]+\.[\w-]+\n$/);
      assert.match(seeded.told, /redirect URI http:\/\/localhost /);
      assert.match(seeded.told, /Signed in as alice@sandbox\.example/);
      assertTellsNoSecret(sandbox, seeded, encryptionKey, seeded.output.trim());

      sandbox.authority.clearRequests();
      keepSecret('token-cache', seeded.output.trim());
      const silent = await run(schedule(), {
        inputs: { ...inputs, 'token-cache': seeded.output.trim(), account: alice.username },
        secrets: [seeded.output.trim()],
      });
      assert.equal(silent.outputs['source'], 'cache', logOf(silent));
      assert.ok(sandbox.authority.requests.every(({ endpoint }) => endpoint === 'discovery'));
    },
  );
}

scenario(
  'The address is opened by the platform’s opener, with code challenge, state and account, and without the key',
  async ({ sandbox, encryptionKey }) => {
    const words = [...seedArguments, '--account', alice.username];
    await using companion = await Companion.start(words, {
      sandbox,
      env: { ENTRA_ENCRYPTION_KEY: encryptionKey },
    });
    const url = await companion.authorizationUrl();
    await sandbox.authority.signInByBrowser(url, alice.username);
    await companion.ended;

    assert.equal((await companion.opened()).trim(), url);
    const asked = Object.fromEntries(new URL(url).searchParams);
    assert.equal(asked['code_challenge_method'], 'S256');
    assert.equal(asked['login_hint'], alice.username);
    assert.match(asked['redirect_uri'] ?? '', /^http:\/\/localhost:\d+$/);
    assert.equal(asked['response_mode'], 'form_post');
    assert.ok(asked['code_challenge'] && asked['state']);
  },
);
