import assert from 'node:assert/strict';
import test from 'node:test';
import { seconds } from '../../../src/clock.ts';
import { deviceCode, granted, pending } from '../fakes/answers.ts';
import { alice } from '../fakes/people.ts';
import { run } from '../fakes/signed-in.ts';
import { worldWith } from '../fakes/world.ts';

test('an interval and a lifetime that come as text are numbers all the same', async () => {
  const world = worldWith({
    deviceCode: [deviceCode({ interval: '2', expires_in: '120' })],
    token: [pending, granted(alice)],
  });

  await run(world);

  assert.deepEqual(world.entra.pauses, [2, 2].map(seconds));
  assert.equal((world.shown[0]?.waitUntil ?? 0) - world.clock.startedAt, seconds(120));
});
