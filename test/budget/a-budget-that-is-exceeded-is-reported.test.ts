import assert from 'node:assert/strict';
import { test } from 'node:test';
import budget from '../../bench/budget.json' with { type: 'json' };
import { exceeded } from './exceeded.ts';

test('A budget that is exceeded is reported, with what it was and what it may be', () => {
  const most = budget.paths.refresh;
  assert.deepEqual(exceeded(most, most), []);
  assert.deepEqual(exceeded({ ...most, requestsToEntra: 2, childProcesses: 1 }, most), [
    'requestsToEntra: 2, budget 1',
    'childProcesses: 1, budget 0',
  ]);
});
