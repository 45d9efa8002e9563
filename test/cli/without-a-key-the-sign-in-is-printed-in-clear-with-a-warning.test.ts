import assert from 'node:assert/strict';
import { sandboxTenant } from '../../sandbox/authority/directory.ts';
import { schedule } from '../../sandbox/runner/events.ts';
import { logOf, scenario } from '../e2e/scenario.ts';
import { assertTellsNoSecret, seedByBrowser } from './companion.ts';

scenario(
  'Without a key the sign-in is printed as JSON in one line, with a warning, and the action goes on with it',
  async ({ sandbox, run, keepSecret }) => {
    const seeded = await seedByBrowser(sandbox);

    assert.equal(seeded.exitCode, 0, seeded.told);
    assert.match(seeded.output, /^\{.*\}\n$/);
    assert.match(
      seeded.told,
      /^Warning: Without a key the sign-in is not sealed: anyone who reads it can act as you\./m,
    );
    assertTellsNoSecret(sandbox, seeded);

    const text = seeded.output.trim();
    keepSecret('token-cache', text);
    const silent = await run(schedule(), {
      inputs: { 'tenant-id': sandboxTenant.id, 'token-cache': text, 'encryption-key': '' },
      secrets: [text],
    });
    assert.equal(silent.outputs['source'], 'cache', logOf(silent));
  },
);
