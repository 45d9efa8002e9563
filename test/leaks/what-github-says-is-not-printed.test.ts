import assert from 'node:assert/strict';
import { schedule, workflowDispatch } from '../../sandbox/runner/events.ts';
import { logOf, scenario } from '../e2e/scenario.ts';
import { secretScenario } from '../secret/secret-scenario.ts';

const said = 'Words of a server that nobody should read';

for (const status of [200, 400, 401, 403, 404, 422]) {
  secretScenario(
    `What GitHub's API says beside ${status} is not printed, nor the token that it echoes`,
    async ({ sandbox, runAndSignIn, run, secretToken }) => {
      await runAndSignIn(workflowDispatch());
      const body = JSON.stringify({
        message: `${said}: ${secretToken.slice(0, -1)}\n::error::x`,
        documentation_url: said,
      });
      const headers = { 'content-type': 'application/json', 'x-github-request-id': said };
      for (const endpoint of ['public-key', 'put'])
        sandbox.githubApi.faults.add(endpoint, { kind: 'respond', status, headers, body });

      const silent = await run(schedule());

      assert.equal(silent.conclusion, 'success', logOf(silent));
      assert.match(logOf(silent), /What was stored before is unchanged/);
      const shown = [silent.raw.stdout, silent.raw.stderr, silent.summaryRaw].join('\n');
      assert.ok(!shown.includes(said));
      assert.ok(!logOf(silent).includes(secretToken.slice(0, 8)));
    },
    { settings: { accessTokenLifetimeSeconds: 200 } },
  );
}

for (const [status, code] of [
  [400, 'cache-unavailable'],
  [401, 'cache-unavailable'],
  [403, 'cache-unavailable'],
] as const) {
  scenario(`What the cache service says beside ${status} is not printed`, async ({ sandbox, run }) => {
    const body = JSON.stringify({ code: said, msg: `${said}\n::error::x` });
    sandbox.cacheService.faults.add(
      'lookup',
      { kind: 'respond', status, body },
      { times: Number.POSITIVE_INFINITY },
    );

    const down = await run(workflowDispatch());

    assert.deepEqual(down.outputs, { 'error-code': code }, logOf(down));
    assert.ok(![down.raw.stdout, down.raw.stderr, down.summaryRaw].some((text) => text.includes(said)));
  });
}
