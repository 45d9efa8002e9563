import assert from 'node:assert/strict';
import { afterEach, beforeEach, mock, test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { exitSoon } from '../../../src/action/exit-soon.ts';
import { seconds } from '../../../src/clock.ts';

let exits = 0;
const exit = (): void => void exits++;

beforeEach(() => {
  mock.timers.enable({ apis: ['setTimeout'] });
  exits = 0;
});
afterEach(() => mock.timers.reset());

async function pass(milliseconds: number): Promise<void> {
  mock.timers.tick(milliseconds);
  await turn();
}

test('a process that has failed ends after a second when nothing is being saved', async () => {
  exitSoon(() => Promise.resolve(), exit);

  await pass(seconds(1) - 1);
  assert.equal(exits, 0);
  await pass(1);
  assert.equal(exits, 1);
});

test('a save that began within that second is finished first', async () => {
  const save = Promise.withResolvers<void>();
  let saving: Promise<unknown> = Promise.resolve();
  exitSoon(() => saving, exit);
  saving = save.promise;

  await pass(seconds(4));
  assert.equal(exits, 0);
  save.resolve();
  await turn();
  assert.equal(exits, 1);
});

test('a save that does not end is left after five seconds', async () => {
  exitSoon(() => new Promise(() => undefined), exit);

  await pass(seconds(1));
  await pass(seconds(4) - 1);
  assert.equal(exits, 0);
  await pass(1);
  assert.equal(exits, 1);
});
