import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { schedule, workflowDispatch } from '../../sandbox/runner/events.ts';
import { logOf, scenario } from '../e2e/scenario.ts';
import { deadCache, plantSignIn, sealedAsNewest, shortTokens, tenantInput } from './stored-sign-in.ts';

for (const dead of ['old', 'new'] as const) {
  scenario(
    `A dead sign-in under the ${dead} key does not hide an older one under the other key that lives`,
    async ({ sandbox, run, runAndSignIn, encryptionKey: oldKey, keepSecret }) => {
      const newKey = randomBytes(32).toString('hex');
      keepSecret('encryption-key', newKey);
      const [deadKey, liveKey] = dead === 'old' ? [oldKey, newKey] : [newKey, oldKey];
      await plantSignIn(sandbox, await sealedAsNewest(await deadCache(sandbox), deadKey), deadKey);
      await runAndSignIn(workflowDispatch(), undefined, {
        inputs: { ...tenantInput, 'encryption-key': liveKey },
        secrets: [newKey],
      });

      const night = await run(schedule(), {
        inputs: { ...tenantInput, 'encryption-key': `${newKey}\n${oldKey}` },
        secrets: [newKey],
      });
      assert.equal(night.outputs['source'], 'refresh', logOf(night));
      assert.match(logOf(night), /put aside: .*AADSTS50173/);

      const next = await run(schedule(), {
        inputs: { ...tenantInput, 'encryption-key': newKey },
        secrets: [newKey],
      });
      assert.equal(next.outputs['source'], 'refresh', 'the new key alone is enough from now on');
    },
    shortTokens,
  );
}
