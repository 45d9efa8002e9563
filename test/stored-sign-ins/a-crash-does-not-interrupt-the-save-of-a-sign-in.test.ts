import assert from 'node:assert/strict';
import { alice } from '../../sandbox/authority/directory.ts';
import { schedule, workflowDispatch } from '../../sandbox/runner/events.ts';
import { scenario } from '../e2e/scenario.ts';
import { preload } from '../leaks/preload.ts';

scenario(
  'When something breaks after a person signed in, the save is finished first, and the next run is silent',
  async ({ sandbox, runAndSignIn, run }) => {
    sandbox.cacheService.faults.add('create', { kind: 'delay', milliseconds: 1500 });
    const broken = await runAndSignIn(workflowDispatch(), alice.username, {
      env: {
        ...preload('planted-fault.ts'),
        PLANTED_FAULT: 'an unhandled rejection',
        // The access token that just came in.
        PLANTED_WHEN: '::add-mask::eyJ',
      },
    });
    assert.notEqual(broken.exitCode, 0);
    assert.deepEqual(broken.outputs, { 'error-code': 'internal-error' });

    const night = await run(schedule());
    assert.equal(night.outputs['source'], 'cache');
  },
);
