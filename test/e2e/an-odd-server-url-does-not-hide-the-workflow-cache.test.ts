import assert from 'node:assert/strict';
import { schedule, workflowDispatch } from '../../sandbox/runner/events.ts';
import { scenario } from './scenario.ts';

for (const url of ['https://', '192.168.0.1:3000', 'gitea.example']) {
  scenario(
    `Where GITHUB_SERVER_URL is "${url}", the cache service that the runner names is used nevertheless`,
    async ({ run, runAndSignIn }) => {
      const env = { GITHUB_SERVER_URL: url };
      const first = await runAndSignIn(workflowDispatch(), undefined, { env });
      assert.equal(first.outputs['saved-to'], 'workflow-cache');
      const second = await run(schedule(), { env });
      assert.equal(second.outputs['source'], 'cache');
    },
  );
}
