import assert from 'node:assert/strict';
import { alice } from '../../sandbox/authority/directory.ts';
import { rerun, workflowDispatch } from '../../sandbox/runner/events.ts';
import { needsSignals } from '../sandbox/signals.ts';
import { logOf, scenario } from './scenario.ts';
import { beginSignIn, finishSignIn } from './two-jobs.ts';

scenario(
  'While the code is good, a second job that was cancelled can be run again',
  async (world) => {
    const event = workflowDispatch();
    const { outputs } = await beginSignIn(world, event);
    const userCode = outputs['user-code'] ?? '';
    const waiting = await finishSignIn(world, event, outputs);
    await waiting.line(new RegExp(`enter code +${userCode}`));
    await waiting.signal('SIGINT');
    const cancelled = await waiting.finished;
    assert.deepEqual(cancelled.outputs, { 'error-code': 'cancelled' });

    await world.sandbox.authority.signIn(userCode, alice.username);
    const again = await (await finishSignIn(world, rerun(event), outputs)).finished;
    assert.equal(again.outputs['source'], 'sign-in', logOf(again));
  },
  needsSignals,
);

scenario('A second job that failed after the sign-in is silent when it is run again', async (world) => {
  const event = workflowDispatch();
  const { outputs } = await beginSignIn(world, event);
  await world.sandbox.authority.signIn(outputs['user-code'] ?? '', alice.username);
  await (await finishSignIn(world, event, outputs)).finished;
  const deviceCode = world.sandbox.authority.secrets.find(({ kind }) => kind === 'device_code')?.value;

  const again = await (await finishSignIn(world, rerun(event), outputs)).finished;
  assert.equal(again.outputs['source'], 'cache', logOf(again));
  assert.match(logOf(again), /A stored sign-in works now, so the pending one is not needed/);
  assert.ok(again.masks.includes(deviceCode ?? ''));
});
