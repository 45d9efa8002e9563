import assert from 'node:assert/strict';
import { alice, sandboxTenant } from '../../sandbox/authority/directory.ts';
import { schedule } from '../../sandbox/runner/events.ts';
import { logOf, scenario } from '../e2e/scenario.ts';
import { assertTellsNoSecret, Companion, seedArguments } from './companion.ts';

scenario(
  'A sign-in by device code is printed sealed with the key of the environment, and the action refreshes it silently',
  async ({ sandbox, run, encryptionKey, keepSecret }) => {
    await using companion = await Companion.start([...seedArguments, '--device-code'], {
      sandbox,
      env: { ENTRA_ENCRYPTION_KEY: encryptionKey },
    });
    await sandbox.authority.signIn(await companion.told(/enter code (\S+)/), alice.username);
    const seeded = await companion.ended;
    assert.equal(seeded.exitCode, 0, seeded.told);
    assertTellsNoSecret(sandbox, seeded, encryptionKey, seeded.output.trim());

    keepSecret('token-cache', seeded.output.trim());
    const silent = await run(schedule(), {
      inputs: { 'tenant-id': sandboxTenant.id, 'token-cache': seeded.output.trim() },
      secrets: [seeded.output.trim()],
    });
    assert.equal(silent.outputs['source'], 'refresh', logOf(silent));
    assert.equal(silent.outputs['username'], alice.username);
  },
  { settings: { accessTokenLifetimeSeconds: 200 } },
);
