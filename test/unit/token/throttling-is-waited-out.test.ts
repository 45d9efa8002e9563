import assert from 'node:assert/strict';
import test from 'node:test';
import { seconds } from '../../../src/clock.ts';
import { granted, json, refused } from '../fakes/answers.ts';
import { alice } from '../fakes/people.ts';
import { run, signedIn } from '../fakes/signed-in.ts';
import { worldWith } from '../fakes/world.ts';

test('a silent run that receives 429 with an empty object tries again', async () => {
  const stored = await signedIn(alice, { expiresIn: 60 });
  const world = worldWith({ token: [json(429, {}), json(429, {}), granted(alice)] });

  const { token, source } = await run(world, [stored]);

  assert.deepEqual([token, source, world.asked], ['access token of alice', 'refresh', []]);
});

const httpDate = (time: number): string => new Date(time).toUTCString();
const inAMinute = (from: number): string => httpDate(from + seconds(60));
const anHourSlow = Date.now() - seconds(3600);

for (const [form, headersNow, least] of [
  ['seconds', () => ({ 'retry-after': '30' }), 30],
  // Computed when the test runs: among many tests of one process that is long after the file was loaded.
  ['a date', () => ({ 'retry-after': inAMinute(Date.now()) }), 58],
  [
    "a date by the server's own clock",
    () => ({ 'retry-after': inAMinute(anHourSlow), date: httpDate(anHourSlow) }),
    60,
  ],
] as const) {
  test(`Retry-After in ${form} is honored`, async () => {
    const stored = await signedIn(alice, { expiresIn: 60 });
    const world = worldWith({ token: [json(429, {}, headersNow()), granted(alice)] });

    await run(world, [stored]);

    const [wait = 0] = world.clock.waits;
    assert.equal(world.clock.waits.length, 1);
    assert.ok(wait >= seconds(least) && wait <= seconds(least + 12), `waited ${wait} ms`);
  });
}

test('50196 that comes as invalid_grant is throttling: waited out, never a reason to ignore the sign-in or to prompt', async () => {
  const stored = await signedIn(alice, { expiresIn: 60 });
  const looping = refused('invalid_grant', 50196);
  const world = worldWith({ token: [looping, looping, granted(alice)] });

  const { source } = await run(world, [stored]);

  assert.deepEqual([source, world.asked, world.infos], ['refresh', [], []]);
  assert.equal(world.clock.waits.length, 2);
});
