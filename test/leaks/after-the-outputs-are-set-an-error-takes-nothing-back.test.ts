import assert from 'node:assert/strict';
import { alice } from '../../sandbox/authority/directory.ts';
import { workflowDispatch } from '../../sandbox/runner/events.ts';
import { scenario } from '../e2e/scenario.ts';
import { preload } from './preload.ts';

for (const fault of ['an uncaught exception', 'an unhandled rejection']) {
  scenario(
    `After ${fault} that comes when the outputs are set, the step succeeds, and sets no error code`,
    async ({ runAndSignIn }) => {
      const { exitCode, outputs, log } = await runAndSignIn(workflowDispatch(), alice.username, {
        inputs: { 'workflow-cache': 'false' },
        env: {
          ...preload('planted-fault.ts'),
          PLANTED_FAULT: fault,
          // The last line; the outputs are set before anything else can run.
          PLANTED_WHEN: 'Access token of',
        },
      });
      assert.equal(exitCode, 0, log.join('\n'));
      assert.deepEqual([outputs['source'], outputs['error-code']], ['sign-in', undefined]);
      assert.match(log.join('\n'), /Access token of/);
      assert.doesNotMatch(log.join('\n'), /error that it does not know/);
    },
  );
}
