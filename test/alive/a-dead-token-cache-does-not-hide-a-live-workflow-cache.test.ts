import assert from 'node:assert/strict';
import { schedule, workflowDispatch } from '../../sandbox/runner/events.ts';
import { logOf, scenario } from '../e2e/scenario.ts';
import { deadCache, sealedAsNewest, shortTokens, tenantInput } from './stored-sign-in.ts';

scenario(
  'A dead sign-in in token-cache does not hide an older one in the workflow cache that lives',
  async ({ sandbox, run, runAndSignIn, encryptionKey }) => {
    const dead = await sealedAsNewest(await deadCache(sandbox), encryptionKey);
    await runAndSignIn(workflowDispatch(), undefined, { inputs: tenantInput });

    const night = await run(schedule(), { inputs: { ...tenantInput, 'token-cache': dead }, secrets: [dead] });

    assert.equal(night.outputs['source'], 'refresh', logOf(night));
    assert.match(logOf(night), /The sign-in from token-cache is put aside: .*AADSTS50173/);
  },
  shortTokens,
);
