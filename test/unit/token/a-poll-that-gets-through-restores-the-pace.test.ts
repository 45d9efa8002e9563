import assert from 'node:assert/strict';
import test from 'node:test';
import { seconds } from '../../../src/clock.ts';
import { TransportError } from '../../../src/http/transport.ts';
import { deviceCode, granted, pending } from '../fakes/answers.ts';
import { alice } from '../fakes/people.ts';
import { run } from '../fakes/signed-in.ts';
import { worldWith } from '../fakes/world.ts';

test('a poll that gets through restores the pace, also when the next one fails again', async () => {
  const reset = new TransportError('the connection was reset');
  const world = worldWith({
    deviceCode: [deviceCode()],
    token: [...Array.from({ length: 5 }, () => reset), pending, reset, granted(alice)],
  });

  await run(world);

  assert.deepEqual(world.entra.pauses, [5, 5, 5, 5, 8, 16, 5, 5].map(seconds));
});
