import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findLeaks } from '../../sandbox/leaks.ts';
import { workflowDispatch } from '../../sandbox/runner/events.ts';
import { startSandbox } from '../../sandbox/sandbox.ts';
import { shownCode } from './scenario.ts';

test('The search for secrets finds one that is in the log: a value that is shown on purpose', async () => {
  await using sandbox = await startSandbox();
  const running = await sandbox.start(workflowDispatch());
  const value = await shownCode(running);
  await sandbox.authority.signIn(value, 'alice@sandbox.example');
  const leaks = findLeaks([{ kind: 'user code', value }], await running.finished);
  assert.ok(
    leaks.some(({ place }) => place === 'log' || /log/.test(place)),
    JSON.stringify(leaks),
  );
  await running.dispose();
});
