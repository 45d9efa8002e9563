import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WaitTimeout, within } from '../../../src/bounded-wait.ts';

const never = new Promise<never>(() => undefined);

test('What comes in time is what the wait comes to', async () => {
  assert.equal(await within(Promise.resolve('value'), { timeout: 60_000 }), 'value');
  const error = new Error('refused');
  await assert.rejects(within(Promise.reject(error), { timeout: 60_000 }), error);
});

test('What never comes ends the wait when the time is up', async (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  const waits = [
    within(never, { timeout: 10 }),
    within(never, { timeout: 10, createTimeoutError: () => new RangeError('too late') }),
    // Node would take so long a delay for none.
    within(never, { timeout: Number.MAX_SAFE_INTEGER }),
  ];
  const ended: string[] = [];
  for (const wait of waits) wait.catch((error: Error) => ended.push(error.name));
  context.mock.timers.tick(9);
  await Promise.resolve();
  assert.deepEqual(ended, []);
  context.mock.timers.tick(1);
  await assert.rejects(Promise.race(waits), WaitTimeout);
  assert.deepEqual(ended, ['TimeUp', 'RangeError']);
});

test('A signal ends the wait with its reason, one that was aborted before too', async () => {
  const reason = new Error('cancelled');
  const controller = new AbortController();
  const waiting = within(never, { timeout: 60_000, signal: controller.signal });
  controller.abort(reason);
  await assert.rejects(waiting, reason);
  await assert.rejects(within(never, { timeout: 60_000, signal: controller.signal }), reason);
});

test('What comes too late is ignored, a failure too', async () => {
  const { promise, reject } = Promise.withResolvers<never>();
  await assert.rejects(within(promise, { timeout: 60_000, signal: AbortSignal.abort(new Error('over')) }));
  // Unhandled, it would end this process.
  reject(new Error('too late'));
  await new Promise(setImmediate);
});

test('A wait that is over leaves neither a timer nor a listener', async (context) => {
  const { signal } = new AbortController();
  const removed = context.mock.method(signal, 'removeEventListener');
  const timers = (): number =>
    process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length;
  const before = timers();
  await within(Promise.resolve(), { timeout: 60_000, signal });
  await new Promise(setImmediate);
  assert.equal(timers(), before);
  assert.equal(removed.mock.callCount(), 1);
});
