import assert from 'node:assert/strict';
import { alice } from '../../sandbox/authority/directory.ts';
import { workflowDispatch } from '../../sandbox/runner/events.ts';
import { logOf, scenario } from '../e2e/scenario.ts';
import { preload } from './preload.ts';

for (const fault of ['an uncaught exception', 'an unhandled rejection']) {
  scenario(
    `After ${fault} the step goes on for a moment, and outputs nothing but the error code`,
    async ({ runAndSignIn }) => {
      const broken = await runAndSignIn(workflowDispatch(), alice.username, {
        inputs: { 'workflow-cache': 'false' },
        env: {
          ...preload('planted-fault.ts'),
          PLANTED_FAULT: fault,
          // The access token that just came in; only the outputs are still to be set.
          PLANTED_WHEN: '::add-mask::eyJ',
        },
      });
      assert.equal(broken.exitCode, 1);
      assert.deepEqual(broken.outputs, { 'error-code': 'internal-error' });
      assert.doesNotMatch(logOf(broken), /Access token/);
    },
  );
}
