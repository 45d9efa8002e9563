import assert from 'node:assert/strict';
import { workflowDispatch } from '../../sandbox/runner/events.ts';
import { logOf } from '../e2e/scenario.ts';
import { secretScenario } from './secret-scenario.ts';

secretScenario(
  'On GitHub Enterprise Server the secret is written where GITHUB_API_URL says',
  async ({ runAndSignIn, sandbox }) => {
    const env = { GITHUB_API_URL: 'https://github.sandbox.example/api/v3' };
    const first = await runAndSignIn(workflowDispatch(), undefined, { env });
    assert.equal(first.outputs['saved-to'], 'secret', logOf(first));
    assert.ok(sandbox.githubApi.requests.every(({ host }) => host === 'github.sandbox.example'));
    assert.ok(sandbox.githubApi.requests.every(({ path }) => path.startsWith('/api/v3/repos/contoso/mail/')));
  },
);
