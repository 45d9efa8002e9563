import assert from 'node:assert/strict';
import { workflowDispatch } from '../../sandbox/runner/events.ts';
import { needsSignals } from '../sandbox/signals.ts';
import { scenario, shownCode } from './scenario.ts';

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  scenario(
    `A run that gets ${signal} while it waits for the person ends at once and leaves nothing`,
    async ({ sandbox, start }) => {
      const running = await start(workflowDispatch());
      await shownCode(running);
      await running.signal(signal);
      const run = await running.finished;
      assert.equal(run.exitCode, 1);
      assert.deepEqual(run.outputs, { 'error-code': 'cancelled' });
      assert.equal(sandbox.cacheService.entries.length, 0);
    },
    // So long an interval that a run which finished its wait would be stopped by the runner's own limit.
    { settings: { intervalSeconds: 300 }, ...needsSignals },
  );
}
