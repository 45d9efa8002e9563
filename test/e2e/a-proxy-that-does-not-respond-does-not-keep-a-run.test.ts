import assert from 'node:assert/strict';
import { workflowDispatch } from '../../sandbox/runner/events.ts';
import { needsSignals } from '../sandbox/signals.ts';
import { logOf, scenario, shownCode } from './scenario.ts';

for (const kind of ['hang', 'half'] as const) {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    scenario(
      `A run that gets ${signal} while a proxy ${kind === 'hang' ? 'is silent' : 'has sent half a line'} ends as cancelled`,
      async ({ sandbox, start }) => {
        const running = await start(workflowDispatch());
        await shownCode(running);
        const asked = sandbox.proxy.connections.length;
        sandbox.proxy.faults.add('login.microsoftonline.com', { kind }, { times: Number.POSITIVE_INFINITY });
        while (sandbox.proxy.connections.length === asked) await new Promise(setImmediate);

        running.signal(signal);
        const run = await running.finished;

        assert.equal(run.exitCode, 1, logOf(run));
        assert.deepEqual(run.outputs, { 'error-code': 'cancelled' });
      },
      { settings: { intervalSeconds: 1 }, ...needsSignals },
    );
  }
}
