import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { schedule, workflowDispatch } from '../../sandbox/runner/events.ts';
import { logOf, scenario } from '../e2e/scenario.ts';
import { plantSignIn, revokedCache, sealedAsNewest, shortTokens, tenantInput } from './stored-sign-in.ts';

for (const revoked of ['old', 'new'] as const) {
  scenario(
    `A revoked sign-in under the ${revoked} key does not hide an older, valid one under the other key`,
    async ({ sandbox, run, runAndSignIn, encryptionKey: oldKey, keepSecret }) => {
      const newKey = randomBytes(32).toString('hex');
      keepSecret('encryption-key', newKey);
      const [revokedKey, validKey] = revoked === 'old' ? [oldKey, newKey] : [newKey, oldKey];
      await plantSignIn(sandbox, await sealedAsNewest(await revokedCache(sandbox), revokedKey), revokedKey);
      await runAndSignIn(workflowDispatch(), undefined, {
        inputs: { ...tenantInput, 'encryption-key': validKey },
        secrets: [newKey],
      });

      const night = await run(schedule(), {
        inputs: { ...tenantInput, 'encryption-key': `${newKey}\n${oldKey}` },
        secrets: [newKey],
      });
      assert.equal(night.outputs['source'], 'refresh', logOf(night));
      assert.match(logOf(night), /ignored: .*AADSTS50173/);

      const next = await run(schedule(), {
        inputs: { ...tenantInput, 'encryption-key': newKey },
        secrets: [newKey],
      });
      assert.equal(next.outputs['source'], 'refresh', 'the new key alone is enough from now on');
    },
    shortTokens,
  );
}
