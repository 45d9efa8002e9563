import assert from 'node:assert/strict';
import { schedule, workflowDispatch } from '../../sandbox/runner/events.ts';
import { logOf, scenario } from '../e2e/scenario.ts';
import { revokedCache, sealedAsNewest, shortTokens, tenantInput } from './stored-sign-in.ts';

scenario(
  'A revoked sign-in in token-cache does not hide an older, valid one in the workflow cache',
  async ({ sandbox, run, runAndSignIn, encryptionKey }) => {
    const revoked = await sealedAsNewest(await revokedCache(sandbox), encryptionKey);
    await runAndSignIn(workflowDispatch(), undefined, { inputs: tenantInput });

    const night = await run(schedule(), {
      inputs: { ...tenantInput, 'token-cache': revoked },
      secrets: [revoked],
    });

    assert.equal(night.outputs['source'], 'refresh', logOf(night));
    assert.match(logOf(night), /The sign-in from token-cache is ignored: .*AADSTS50173/);
  },
  shortTokens,
);
