import assert from 'node:assert/strict';
import { schedule, workflowDispatch } from '../../sandbox/runner/events.ts';
import { logOf, scenario } from '../e2e/scenario.ts';
import { shortTokens } from './stored-sign-in.ts';

for (const last of [
  'the second to save',
  'the first to save, which the cache service is slow with',
] as const) {
  scenario(
    `Two runs at once that refresh the same token both succeed, and the next is silent; the newest entry is that of ${last}`,
    async ({ sandbox, run, runAndSignIn, entraRequests }) => {
      const { authority, cacheService } = sandbox;
      await runAndSignIn(workflowDispatch());
      authority.settings.accessTokenLifetimeSeconds = 3600;
      authority.clearRequests();
      // Neither may save before the other has read the stored token.
      authority.faults.add('token:refresh_token', { kind: 'delay', milliseconds: 2_000 }, { times: 2 });
      if (last !== 'the second to save')
        cacheService.faults.add('finalize', { kind: 'delay', milliseconds: 1_500 });

      const both = await Promise.all([run(schedule({ runId: 2001 })), run(schedule({ runId: 2002 }))]);
      for (const one of both) {
        assert.equal(one.outputs['source'], 'refresh', logOf(one));
        assert.equal(one.outputs['saved-to'], 'workflow-cache', logOf(one));
      }

      const next = await run(schedule());
      assert.equal(next.outputs['source'], 'cache', logOf(next));
      assert.equal(entraRequests(), 2);
    },
    shortTokens,
  );
}
