import assert from 'node:assert/strict';
import { schedule } from '../../sandbox/runner/events.ts';
import { logOf, scenario } from '../e2e/scenario.ts';
import { seededCache } from '../e2e/seeded-cache.ts';
import { plantSignIn, revokedCache, sealedAsNewest, shortTokens, tenantInput } from './stored-sign-in.ts';

scenario(
  'A revoked sign-in in the workflow cache does not hide an older, valid one in token-cache',
  async ({ sandbox, run, encryptionKey }) => {
    const revoked = await sealedAsNewest(await revokedCache(sandbox), encryptionKey);
    await plantSignIn(sandbox, revoked, encryptionKey);
    const valid = await seededCache(sandbox);

    const night = await run(schedule(), {
      inputs: { ...tenantInput, 'token-cache': valid },
      secrets: [valid],
    });

    assert.equal(night.outputs['source'], 'refresh', logOf(night));
    assert.match(logOf(night), /The sign-in from the workflow cache is ignored: .*AADSTS50173/);
    const next = await run(schedule(), { inputs: tenantInput });
    assert.equal(next.outputs['source'], 'refresh', 'the valid sign-in has replaced the revoked one');
  },
  shortTokens,
);
