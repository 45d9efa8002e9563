import assert from 'node:assert/strict';
import { afterEach, beforeEach, mock, test } from 'node:test';
import { cancellationBudget, cancellationSignals } from '../../../src/action/cancellation.ts';
import { signInTimeLimit, silentTimeLimit } from '../../../src/action/run-time-limits.ts';
import { startWatchdog, type WatchedProcess } from '../../../src/action/watchdog.ts';
import { minutes, seconds } from '../../../src/clock.ts';
import { attemptTimeout, retryLimit } from '../../../src/entra/exchange.ts';
import { inputsOf } from '../fakes/inputs.ts';

beforeEach(() => {
  mock.timers.enable({ apis: ['setTimeout'] });
});
afterEach(() => mock.timers.reset());

/** A process that can be told to have done its work, and that does not end. */
function fakeProcess() {
  const listeners: (() => void)[] = [];
  const seen = { told: [] as string[], exits: [] as number[], isDone: false };
  const ending: WatchedProcess = {
    on: (_, listener) => listeners.push(listener),
    isDone: () => seen.isDone,
    waitsFor: () => ['GetAddrInfoReqWrap', 'GetAddrInfoReqWrap', 'Timeout'],
    report: (line) => seen.told.push(line),
    exit: (code) => seen.exits.push(code),
  };
  return { seen, ending, signal: (index: number): void => listeners[index]?.() };
}

test('Two seconds after the platform’s second signal the process ends, and says what it waited for', () => {
  const { seen, ending, signal } = fakeProcess();
  startWatchdog(ending).allow(minutes(60));

  signal(0);
  mock.timers.tick(seconds(7.5));
  assert.deepEqual(seen.exits, []);
  signal(1);
  mock.timers.tick(seconds(2) - 1);
  assert.deepEqual(seen.exits, []);
  mock.timers.tick(1);
  assert.deepEqual(seen.exits, [1]);
  assert.match(
    seen.told.join(),
    /^This step was cancelled and did not end\..*GetAddrInfoReqWrap, Timeout\.$/,
  );
});

test('The same signal twice is as good as two', () => {
  const { seen, ending, signal } = fakeProcess();
  startWatchdog(ending);
  signal(0);
  signal(0);
  signal(0);
  mock.timers.tick(cancellationBudget + seconds(1));
  assert.deepEqual(seen.exits, [1]);
  assert.ok(cancellationSignals(process.platform).length >= 2);
});

test('A second signal that follows at once does not cut off what a cancelled run may still finish', () => {
  const { seen, ending, signal } = fakeProcess();
  startWatchdog(ending);
  signal(0);
  mock.timers.tick(20);
  signal(1);
  // It also ends before the platform kills.
  mock.timers.tick(cancellationBudget + 250);
  assert.deepEqual(seen.exits, []);
  mock.timers.tick(seconds(10) - cancellationBudget - 271);
  assert.deepEqual(seen.exits, [1]);
});

test('Half a minute after the longest deadline of its path the process ends', () => {
  const { seen, ending } = fakeProcess();
  const lastResort = startWatchdog(ending);
  lastResort.allow(minutes(5));
  mock.timers.tick(minutes(4));
  // A person is asked.
  lastResort.allow(minutes(20));
  mock.timers.tick(minutes(20) + seconds(30) - 1);
  assert.deepEqual(seen.exits, []);
  mock.timers.tick(1);
  assert.deepEqual(seen.exits, [1]);
  assert.match(seen.told.join(), /^This step takes longer than all of its time limits together\./);
});

test('A run that has done its work is no failure, although it does not end', () => {
  const { seen, ending } = fakeProcess();
  startWatchdog(ending);
  seen.isDone = true;
  mock.timers.tick(seconds(60));
  assert.deepEqual([seen.exits, seen.told], [[0], []]);
});

test('Each path has the time that its requests, its stores and the person may take', () => {
  const request = retryLimit + attemptTimeout;
  const one = inputsOf({});
  const two = inputsOf({ scopes: 'User.Read https://outlook.office.com/SMTP.Send' });
  assert.ok(silentTimeLimit(one) >= 4 * request);
  assert.ok(silentTimeLimit(two) - silentTimeLimit(one) >= 2 * request);
  const half = inputsOf({ 'sign-in-timeout-minutes': '30' });
  assert.equal(signInTimeLimit(half) - signInTimeLimit(one), minutes(15));
  assert.ok(signInTimeLimit(one) >= minutes(15) + 4 * request + seconds(90));
});
