import assert from 'node:assert/strict';
import { workflowDispatch } from '../../sandbox/runner/events.ts';
import { logOf, scenario } from './scenario.ts';

scenario(
  'A workflow cache that cannot be written is a warning that says what follows',
  async ({ sandbox, runAndSignIn }) => {
    const token = sandbox.cacheService.token({ scopes: [{ ref: 'refs/heads/main', permission: 'read' }] });
    const run = await runAndSignIn(workflowDispatch(), undefined, { env: sandbox.cacheService.env(token) });
    assert.equal(run.conclusion, 'success');
    assert.equal(run.outputs['saved-to'], '');
    assert.match(logOf(run), /Warning: The sign-in could not be saved.*may not write.*next run will ask/s);
  },
);
