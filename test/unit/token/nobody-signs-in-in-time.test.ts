import assert from 'node:assert/strict';
import test from 'node:test';
import { minutes } from '../../../src/clock.ts';
import { deviceCode, pending } from '../fakes/answers.ts';
import { always } from '../fakes/entra.ts';
import { failureOf } from '../fakes/failure.ts';
import { tokenRequest } from '../fakes/request.ts';
import { run } from '../fakes/signed-in.ts';
import { worldWith } from '../fakes/world.ts';

for (const [limit, expiresIn, timeout, expected] of [
  ["the code's own life is shorter than the timeout", 600, 60, 10],
  ['the timeout is shorter than the life of the code', 900, 2, 2],
  ['the server does not say how long the code lives', undefined, 60, 15],
] as const) {
  test(`waiting ends after ${expected} minutes when ${limit}`, async () => {
    const world = worldWith({
      deviceCode: [deviceCode({ expires_in: expiresIn })],
      token: always(pending),
    });
    const request = tokenRequest({ signInTimeout: minutes(timeout) });

    const { message } = await failureOf(run(world, [], request), 'sign-in-expired');

    assert.match(message, /^Nobody signed in in time\./);
    assert.equal(world.clock.passed, minutes(expected));
  });
}
