import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { alice } from '../../sandbox/authority/directory.ts';
import { schedule, workflowDispatch } from '../../sandbox/runner/events.ts';
import type { RunningAction } from '../../sandbox/runner/running-action.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { needsSignals } from '../sandbox/signals.ts';
import { logOf, scenario, shownCode } from './scenario.ts';

const options = {
  settings: { accessTokenLifetimeSeconds: 200, intervalSeconds: 1, rotateAndRevoke: true },
  ...needsSignals,
};
const late = { kind: 'delay-after', milliseconds: 1500 } as const;

/** Waits until Entra has given out one more refresh token, and interrupts the run before it has it. */
async function interruptOnTheWay(
  running: RunningAction,
  { authority }: Sandbox,
  issued: number,
): Promise<void> {
  const count = () => authority.secrets.filter(({ kind }) => kind === 'refresh_token').length;
  while (count() === issued) await pause(10);
  running.signal('SIGINT');
}

scenario(
  'A refresh whose response comes after the run was cancelled is saved, where each refresh token works only once',
  async ({ sandbox, start, run, runAndSignIn }) => {
    await runAndSignIn(workflowDispatch());
    sandbox.authority.faults.add('token:refresh_token', late);
    const running = await start(schedule());
    await interruptOnTheWay(running, sandbox, 1);
    const cancelled = await running.finished;
    assert.equal(cancelled.exitCode, 1, logOf(cancelled));
    assert.deepEqual(cancelled.outputs, { 'error-code': 'cancelled' });
    assert.match(logOf(cancelled), /was saved to the workflow cache/);

    assert.equal((await run(schedule())).outputs['source'], 'refresh');
  },
  options,
);

scenario(
  'A sign-in whose code is redeemed while the run is cancelled is not lost',
  async ({ sandbox, start, run }) => {
    sandbox.authority.faults.add(({ body }) => body.includes('grant_type'), late, { times: Infinity });
    const running = await start(workflowDispatch());
    await sandbox.authority.signIn(await shownCode(running), alice.username);
    await interruptOnTheWay(running, sandbox, 0);
    const cancelled = await running.finished;
    assert.equal(cancelled.exitCode, 1, logOf(cancelled));
    assert.deepEqual(cancelled.outputs, { 'error-code': 'cancelled' });
    sandbox.authority.faults.clear();

    assert.equal((await run(schedule())).outputs['source'], 'refresh');
  },
  options,
);

scenario(
  'The run stops waiting for a response before the platform kills it, and leaves nothing behind',
  async ({ sandbox, start, runAndSignIn }) => {
    await runAndSignIn(workflowDispatch());
    sandbox.authority.faults.add('token:refresh_token', { kind: 'hang' });
    const running = await start(schedule());
    while (!sandbox.authority.requests.some(({ fault }) => fault === 'hang')) await pause(10);
    const cancelled = await running.cancel();
    assert.equal(cancelled.exitCode, 1, logOf(cancelled));
    assert.deepEqual(cancelled.outputs, { 'error-code': 'cancelled' });
  },
  options,
);
