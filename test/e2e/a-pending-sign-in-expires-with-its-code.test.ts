import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import { rerun, workflowDispatch } from '../../sandbox/runner/events.ts';
import { logOf, scenario } from './scenario.ts';
import { beginSignIn, finishSignIn } from './two-jobs.ts';

const lifetime = 1;

scenario(
  'A pending sign-in whose code is too old asks Entra nothing, and says how to get a new code',
  async (world) => {
    const event = workflowDispatch();
    const { outputs } = await beginSignIn(world, event);
    await setTimeout(lifetime * 1000);
    world.sandbox.authority.clearRequests();

    const late = await (await finishSignIn(world, rerun(event), outputs)).finished;
    assert.deepEqual(late.outputs, { 'error-code': 'sign-in-expired' });
    assert.match(logOf(late), /The pending sign-in has expired/);
    assert.match(logOf(late), /For a new code choose "Re-run all jobs"/);
    assert.equal(world.entraRequests(), 0);
  },
  { settings: { deviceCodeLifetimeSeconds: lifetime } },
);
