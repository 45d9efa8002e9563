import assert from 'node:assert/strict';
import test from 'node:test';
import { seconds } from '../../../src/clock.ts';
import { deviceCode, granted, pending, slowDown } from '../fakes/answers.ts';
import { alice } from '../fakes/people.ts';
import { run } from '../fakes/signed-in.ts';
import { worldWith } from '../fakes/world.ts';

test('slow_down adds five seconds for good, and the sign-in goes on', async () => {
  const world = worldWith({
    deviceCode: [deviceCode({ interval: 3 })],
    token: [pending, slowDown, pending, slowDown, granted(alice)],
  });

  const { source } = await run(world);

  assert.equal(source, 'sign-in');
  assert.deepEqual(world.entra.pauses, [3, 3, 8, 8, 13].map(seconds));
});

for (const [given, interval] of [
  ['no interval', undefined],
  ['an interval of zero', 0],
  ['an interval that is no number', 'soon'],
] as const) {
  test(`with ${given} in the response, polls are five seconds apart`, async () => {
    const world = worldWith({
      deviceCode: [deviceCode({ interval })],
      token: [pending, pending, granted(alice)],
    });

    await run(world);

    assert.deepEqual(world.entra.pauses, [5, 5, 5].map(seconds));
  });
}
