import assert from 'node:assert/strict';
import { alice } from '../../sandbox/authority/directory.ts';
import { workflowDispatch } from '../../sandbox/runner/events.ts';
import { logOf, scenario } from './scenario.ts';
import { beginSignIn, finishSignIn } from './two-jobs.ts';

scenario(
  'A workflow cache that is down does not prevent the second job from finishing the sign-in',
  async (world) => {
    const { authority, cacheService } = world.sandbox;
    const event = workflowDispatch();
    const { outputs } = await beginSignIn(world, event);
    await authority.signIn(outputs['user-code'] ?? '', alice.username);
    cacheService.faults.add(
      'lookup',
      { kind: 'respond', status: 400, body: '{"code":"internal","msg":"broken"}' },
      { times: Number.POSITIVE_INFINITY },
    );

    const second = await (await finishSignIn(world, event, outputs)).finished;
    assert.equal(second.outputs['source'], 'sign-in', logOf(second));
    assert.match(logOf(second), /The workflow cache could not be read/);
  },
);
