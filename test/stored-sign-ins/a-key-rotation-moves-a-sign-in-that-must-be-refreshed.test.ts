import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { schedule, workflowDispatch } from '../../sandbox/runner/events.ts';
import { logOf, scenario } from '../e2e/scenario.ts';
import { shortTokens } from './stored-sign-in.ts';

scenario(
  'A sign-in that is only under the old key is refreshed and moved: what is under the old key can go',
  async ({ sandbox, run, runAndSignIn, encryptionKey: oldKey, keepSecret }) => {
    const newKey = randomBytes(32).toString('hex');
    keepSecret('encryption-key', newKey);
    await runAndSignIn(workflowDispatch());
    const underOldKey = sandbox.cacheService.entries.map(({ key }) => key);

    const night = await run(schedule(), {
      inputs: { 'encryption-key': `${newKey}\n${oldKey}` },
      secrets: [newKey],
    });
    assert.equal(night.outputs['source'], 'refresh', logOf(night));
    assert.equal(night.outputs['saved-to'], 'workflow-cache');

    for (const key of underOldKey) sandbox.cacheService.remove(key);
    const next = await run(schedule(), { inputs: { 'encryption-key': newKey }, secrets: [newKey] });
    assert.equal(next.outputs['source'], 'refresh', logOf(next));
  },
  shortTokens,
);
