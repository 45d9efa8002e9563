import assert from 'node:assert/strict';
import { schedule } from '../../sandbox/runner/events.ts';
import { logOf, scenario } from '../e2e/scenario.ts';
import { seededCache } from '../e2e/seeded-cache.ts';
import { deadCache, plantSignIn, sealedAsNewest, shortTokens, tenantInput } from './stored-sign-in.ts';

scenario(
  'A dead sign-in in the workflow cache does not hide an older one in token-cache that lives',
  async ({ sandbox, run, encryptionKey }) => {
    const dead = await sealedAsNewest(await deadCache(sandbox), encryptionKey);
    await plantSignIn(sandbox, dead, encryptionKey);
    const live = await seededCache(sandbox);

    const night = await run(schedule(), { inputs: { ...tenantInput, 'token-cache': live }, secrets: [live] });

    assert.equal(night.outputs['source'], 'refresh', logOf(night));
    assert.match(logOf(night), /The sign-in from the workflow cache is put aside: .*AADSTS50173/);
    const next = await run(schedule(), { inputs: tenantInput });
    assert.equal(next.outputs['source'], 'refresh', 'what lives has taken the place of what is dead');
  },
  shortTokens,
);
