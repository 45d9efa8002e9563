import assert from 'node:assert/strict';
import type { Fault } from '../../sandbox/faults.ts';
import { schedule, workflowDispatch } from '../../sandbox/runner/events.ts';
import { logOf } from '../e2e/scenario.ts';
import { secretScenario } from './secret-scenario.ts';

const limited: Fault = { kind: 'respond', status: 403, headers: { 'retry-after': '600' } };
const cases: readonly (readonly [string, string, Fault, RegExp])[] = [
  [
    'the token may not write any more',
    'put',
    { kind: 'respond', status: 403 },
    /not write them \(403\)\. What to do: give secret-token/,
  ],
  ['the token has expired', 'public-key', { kind: 'respond', status: 401 }, /has expired.*\(401\)/],
  ['GitHub does not accept the value', 'put', { kind: 'respond', status: 422 }, /name or the value.*\(422\)/],
  ['GitHub limits the rate', 'put', limited, /limits the rate of requests \(403\), and asks to wait 600 s/],
  [
    'something else answers',
    'public-key',
    { kind: 'respond', status: 200, body: '<html>Welcome to the airport</html>' },
    /something responded 200 with a text that is not GitHub's/,
  ],
];

for (const [what, endpoint, fault, says] of cases) {
  secretScenario(
    `When ${what}, a silent run warns and goes on, and does not say that it saved`,
    async ({ run, runAndSignIn, stored, sandbox }) => {
      await runAndSignIn(workflowDispatch());
      const before = stored();
      sandbox.githubApi.faults.add(endpoint, fault);

      const silent = await run(schedule());
      assert.equal(silent.conclusion, 'success', logOf(silent));
      assert.deepEqual([silent.outputs['source'], silent.outputs['saved-to']], ['refresh', '']);
      assert.match(logOf(silent), says);
      assert.match(logOf(silent), /What was stored before is unchanged/);
      assert.equal(stored(), before);
    },
    { settings: { accessTokenLifetimeSeconds: 200 } },
  );
}

secretScenario(
  'When only the other store saves the sign-in, the warning says so',
  async ({ runAndSignIn, sandbox }) => {
    // The first write is the probe.
    sandbox.githubApi.faults.add('put', { kind: 'respond', status: 403 }, { after: 1 });
    const first = await runAndSignIn(workflowDispatch());
    assert.equal(first.outputs['saved-to'], 'workflow-cache');
    assert.match(logOf(first), /It is still saved in the workflow cache\./);
  },
  { inputs: { 'workflow-cache': 'true' } },
);

secretScenario(
  'When no store saves a sign-in after all, the warning and the summary say that the next run will ask again',
  async ({ runAndSignIn, sandbox }) => {
    sandbox.githubApi.faults.add('put', { kind: 'respond', status: 403 }, { after: 1 });
    const first = await runAndSignIn(workflowDispatch());
    assert.deepEqual([first.conclusion, first.outputs['saved-to']], ['success', '']);
    assert.match(
      logOf(first),
      /to the secret ENTRA_TOKEN_CACHE: .*The next run will ask for a sign-in again\./,
    );
    assert.match(first.summary, /nowhere: the next run will ask again/);
  },
);
