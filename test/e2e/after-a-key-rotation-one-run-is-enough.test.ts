import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { schedule, workflowDispatch } from '../../sandbox/runner/events.ts';
import { scenario } from './scenario.ts';

scenario(
  'After a key rotation one run is enough to leave nothing under the old key that is needed',
  async ({ run, runAndSignIn, encryptionKey, keepSecret }) => {
    const newKey = randomBytes(32).toString('hex');
    keepSecret('encryption-key', newKey);
    await runAndSignIn(workflowDispatch());

    const both = await run(schedule(), {
      inputs: { 'encryption-key': `${newKey}\n${encryptionKey}` },
      secrets: [newKey],
    });
    assert.equal(both.outputs['source'], 'cache');
    assert.equal(both.outputs['saved-to'], 'workflow-cache');

    const onlyNew = await run(schedule(), { inputs: { 'encryption-key': newKey }, secrets: [newKey] });
    assert.equal(onlyNew.outputs['source'], 'cache');
  },
);
