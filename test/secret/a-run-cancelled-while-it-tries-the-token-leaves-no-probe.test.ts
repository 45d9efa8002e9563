import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { workflowDispatch } from '../../sandbox/runner/events.ts';
import { needsSignals } from '../sandbox/signals.ts';
import { secretScenario } from './secret-scenario.ts';

secretScenario(
  'A run that is cancelled while it tries the token leaves no probe behind',
  async ({ sandbox: { githubApi }, start, entraRequests }) => {
    // Of an answer that comes so late the run does not wait for the end.
    githubApi.faults.add('delete', { kind: 'hang' });
    const running = await start(workflowDispatch());
    while (!githubApi.requests.some(({ endpoint }) => endpoint === 'delete')) await pause(20);
    assert.deepEqual(githubApi.secrets().names, ['ENTRA_TOKEN_CACHE_PROBE']);
    await running.signal('SIGINT');

    const cancelled = await running.finished;
    assert.deepEqual(cancelled.outputs, { 'error-code': 'cancelled' });
    assert.deepEqual(githubApi.secrets().names, []);
    assert.equal(entraRequests(), 0);
  },
  needsSignals,
);
