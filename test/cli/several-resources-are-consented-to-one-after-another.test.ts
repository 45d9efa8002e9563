import assert from 'node:assert/strict';
import { alice, bob, sandboxTenant } from '../../sandbox/authority/directory.ts';
import { schedule } from '../../sandbox/runner/events.ts';
import { logOf, scenario } from '../e2e/scenario.ts';
import { assertTellsNoSecret, Companion, seedArguments } from './companion.ts';

const scopes = 'User.Read https://outlook.office.com/SMTP.Send';
const second = /Sign in once more, with the same account: .*lacks consent[\s\S]*^(https:\S+)\n/m;

scenario(
  'For scopes of two resources the browser opens once more where consent is lacking, and the action gets both silently',
  async ({ sandbox, run, encryptionKey, keepSecret }) => {
    const env = { ENTRA_ENCRYPTION_KEY: encryptionKey };
    await using companion = await Companion.start([...seedArguments, '--scopes', scopes], { sandbox, env });
    await sandbox.authority.signInByBrowser(await companion.authorizationUrl(), alice.username);
    await sandbox.authority.signInByBrowser(await companion.told(second), alice.username);
    const seeded = await companion.ended;
    assert.equal(seeded.exitCode, 0, seeded.told);
    assertTellsNoSecret(sandbox, seeded, encryptionKey, seeded.output.trim());

    const sealed = seeded.output.trim();
    keepSecret('token-cache', sealed);
    const silent = await run(schedule(), {
      inputs: { 'tenant-id': sandboxTenant.id, 'token-cache': sealed, scopes },
      secrets: [sealed],
    });
    assert.equal(silent.outputs['source'], 'cache', logOf(silent));
    assert.match(silent.outputs['scopes'] ?? '', /User\.Read.*SMTP\.Send/);
  },
);

scenario('Somebody else at the second sign-in is refused, and nothing is printed', async ({ sandbox }) => {
  await using companion = await Companion.start([...seedArguments, '--scopes', scopes], { sandbox });
  await sandbox.authority.signInByBrowser(await companion.authorizationUrl(), alice.username);
  await sandbox.authority.signInByBrowser(await companion.told(second), bob.username);
  const { exitCode, output, told } = await companion.ended;

  assert.equal(exitCode, 1);
  assert.equal(output, '');
  assert.match(told, /The wrong account signed in\./);
});
