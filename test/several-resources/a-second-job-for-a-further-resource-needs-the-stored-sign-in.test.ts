import assert from 'node:assert/strict';
import { workflowDispatch } from '../../sandbox/runner/events.ts';
import { logOf, scenario } from '../e2e/scenario.ts';
import { beginSignIn, finishSignIn } from '../e2e/two-jobs.ts';
import { graphAndMail } from './two-resources.ts';

scenario(
  'A workflow cache that is down starts no new sign-in in the second job of a further resource',
  async (world) => {
    const { authority, cacheService } = world.sandbox;
    await world.runAndSignIn(workflowDispatch());
    const event = workflowDispatch();
    const { outputs } = await beginSignIn(world, event, graphAndMail);
    cacheService.faults.add(
      'lookup',
      { kind: 'respond', status: 400, body: '{"code":"internal","msg":"broken"}' },
      { times: Number.POSITIVE_INFINITY },
    );
    authority.clearRequests();

    const second = await (await finishSignIn(world, event, outputs, graphAndMail)).finished;
    assert.deepEqual(second.outputs, { 'error-code': 'cache-unavailable' }, logOf(second));
    assert.equal(world.entraRequests(), 0);
  },
);
