import assert from 'node:assert/strict';
import test from 'node:test';
import { seconds } from '../../../src/clock.ts';
import { deviceCode, granted, json } from '../fakes/answers.ts';
import { alice } from '../fakes/people.ts';
import { run, signedIn } from '../fakes/signed-in.ts';
import { worldWith } from '../fakes/world.ts';

const throttled = json(429, {}, { 'retry-after': '20' });
/** Runs that started together differ by their random number alone. */
const randoms = [0, 0.25, 0.5, 0.75, 1 - Number.EPSILON];

test('runs that are throttled together come back spread over 12 seconds, and none before it was told to', async () => {
  const stored = await signedIn(alice, { expiresIn: 60 });
  const waits: number[] = [];
  for (const random of randoms) {
    const world = worldWith({ token: [throttled, granted(alice)], random: () => random });
    await run(world, [stored]);
    waits.push(...world.clock.waits.map(Math.round));
  }

  assert.deepEqual(waits, [20, 23, 26, 29, 32].map(seconds));
});

test('runs whose polls are throttled together poll again spread over 12 seconds', async () => {
  const pauses: number[] = [];
  for (const random of randoms) {
    const world = worldWith({
      deviceCode: [deviceCode()],
      token: [throttled, granted(alice)],
      random: () => random,
    });
    await run(world);
    pauses.push(Math.round(world.entra.pauses.at(-1) ?? 0));
  }

  assert.deepEqual(pauses, [20, 23, 26, 29, 32].map(seconds));
});

test('runs that meet a server error together retry spread over half of the wait', async () => {
  const stored = await signedIn(alice, { expiresIn: 60 });
  const waits: number[] = [];
  for (const random of randoms) {
    const world = worldWith({ token: [json(503, {}), granted(alice)], random: () => random });
    await run(world, [stored]);
    waits.push(...world.clock.waits.map(Math.round));
  }

  assert.deepEqual(waits, [750, 875, 1000, 1125, 1250]);
});
