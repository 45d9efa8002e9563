import assert from 'node:assert/strict';
import test from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { minutes, seconds } from '../../../src/clock.ts';
import { Failure } from '../../../src/failure.ts';
import { deviceCode, granted, json, pending, secretDeviceCode, shownCode } from '../fakes/answers.ts';
import { always } from '../fakes/entra.ts';
import { failureOf } from '../fakes/failure.ts';
import { alice } from '../fakes/people.ts';
import { run } from '../fakes/signed-in.ts';
import { worldWith } from '../fakes/world.ts';

test('the code is shown before the first poll; it is never masked, the device code and the tokens are', async () => {
  const world = worldWith({ deviceCode: [deviceCode()], token: [granted(alice)] });
  const pollsWhenShown: number[] = [];
  const person = {
    ...world.ports.person,
    show: async () => {
      await setImmediate();
      await setImmediate();
      pollsWhenShown.push(world.entra.to('token').length);
    },
  };

  await run({ ...world, ports: { ...world.ports, person } });

  assert.deepEqual(pollsWhenShown, [0]);
  for (const secret of [secretDeviceCode, 'access token of alice', 'refresh token of alice'])
    assert.ok(world.masked.includes(secret));
  assert.ok(!world.masked.includes(shownCode));
});

test('what is shown is what the server sent, until when it is good', async () => {
  const world = worldWith({
    deviceCode: [deviceCode({ verification_uri: 'https://www.microsoft.com/link' })],
    token: [granted(alice)],
  });

  await run(world);

  const waitUntil = world.clock.startedAt + minutes(15);
  assert.deepEqual(world.shown, [
    { userCode: shownCode, verificationUri: 'https://www.microsoft.com/link', warning: '', waitUntil },
  ]);
});

test('while waiting, the code is shown again every 30 s with the time left', async () => {
  const world = worldWith({ deviceCode: [deviceCode({ expires_in: 120 })], token: always(pending) });

  await failureOf(run(world), 'sign-in-expired');

  assert.deepEqual(world.reminders, [90, 60, 30, 0].map(seconds));
});

test('the code is shown again while Entra asks for a long pause', async () => {
  const world = worldWith({
    deviceCode: [deviceCode()],
    token: [json(429, {}, { 'retry-after': '120' }), granted(alice)],
  });

  await run(world);

  assert.ok(world.reminders.length >= 3, `shown again ${world.reminders.length} times in two minutes`);
});

test('when nobody may be asked, Entra gets no request', async () => {
  const refusal = new Failure('sign-in-refused', { what: 'Not in this run.', why: '', fix: '' });
  const world = worldWith({ refusal });

  await failureOf(run(world), 'sign-in-refused');

  assert.deepEqual([world.entra.requests, world.shown], [[], []]);
});
