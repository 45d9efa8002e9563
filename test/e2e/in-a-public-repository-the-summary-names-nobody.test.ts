import assert from 'node:assert/strict';
import { alice, sandboxTenant } from '../../sandbox/authority/directory.ts';
import { schedule, workflowDispatch } from '../../sandbox/runner/events.ts';
import { logOf, scenario } from './scenario.ts';

scenario(
  'In a public repository neither summary nor log names the person who signed in',
  async ({ run: runSilently, runAndSignIn }) => {
    const inputs = {
      account: 'A11CE000-0000-4000-8000-000000000001.5a4db000-1111-4222-8333-444455556666',
      'tenant-id': sandboxTenant.id,
    };
    const run = await runAndSignIn(workflowDispatch({ visibility: 'public' }), alice.username, { inputs });
    assert.equal(run.outputs['source'], 'sign-in');
    assert.match(run.summary, /Signed in/);
    assert.doesNotMatch(run.summary, /alice/i);
    assert.doesNotMatch(logOf(run), /alice/i);

    const silent = await runSilently(schedule({ visibility: 'public' }), { inputs });
    assert.equal(silent.outputs['source'], 'cache');
    assert.doesNotMatch(logOf(silent), /alice/i);
  },
);
