import assert from 'node:assert/strict';
import test from 'node:test';
import { seconds, systemClock } from '../../../src/clock.ts';
import { Cancelled } from '../../../src/failure.ts';
import { deviceCode, json, pending } from '../fakes/answers.ts';
import { always } from '../fakes/entra.ts';
import { failureOf } from '../fakes/failure.ts';
import { alice } from '../fakes/people.ts';
import { run, signedIn } from '../fakes/signed-in.ts';
import { worldWith } from '../fakes/world.ts';

test('a run that is cancelled while a person signs in ends at once, without another poll', async () => {
  const controller = new AbortController();
  const world = worldWith({
    deviceCode: [deviceCode()],
    token: always(pending),
    signal: controller.signal,
  });
  world.clock.whileAsleep = () => {
    if (world.clock.waits.length === 3) controller.abort(new Cancelled());
  };

  await failureOf(run(world), 'cancelled');

  assert.equal(world.entra.to('token').length, 2);
  assert.equal(world.clock.passed, seconds(10), 'the third wait was not waited out');
});

test('a run that is cancelled while a refresh is tried again ends at once', async () => {
  const stored = await signedIn(alice, { expiresIn: 60 });
  const controller = new AbortController();
  const world = worldWith({ token: always(json(503, {})), signal: controller.signal });
  world.clock.whileAsleep = () => controller.abort(new Cancelled());

  await failureOf(run(world, [stored]), 'cancelled');

  assert.deepEqual([world.entra.requests.length, world.asked, world.clock.passed], [1, [], 0]);
});

test('the real clock ends a long wait when it is aborted, with the reason given', async () => {
  const controller = new AbortController();
  const waiting = systemClock.sleep(600_000, controller.signal);

  controller.abort(new Cancelled());

  await failureOf(waiting, 'cancelled');
});
