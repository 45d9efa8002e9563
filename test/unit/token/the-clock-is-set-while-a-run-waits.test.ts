import assert from 'node:assert/strict';
import test from 'node:test';
import { minutes, seconds } from '../../../src/clock.ts';
import { Failure } from '../../../src/failure.ts';
import { deviceCode, granted, json, pending } from '../fakes/answers.ts';
import { always } from '../fakes/entra.ts';
import { alice } from '../fakes/people.ts';
import { run, signedIn } from '../fakes/signed-in.ts';
import { type World, worldWith } from '../fakes/world.ts';

/** The clock is set once, in the middle of the first wait. */
function setOnce({ clock }: World, milliseconds: number): void {
  clock.whileAsleep = () => {
    clock.jump(milliseconds);
    clock.whileAsleep = () => undefined;
  };
}

for (const jump of [minutes(20), -minutes(120)]) {
  const how = jump > 0 ? 'forward' : 'back';

  test(`A clock that is set ${how} while a person signs in does not end the sign-in`, async () => {
    const world = worldWith({ deviceCode: [deviceCode()], token: [pending, pending, granted(alice)] });
    setOnce(world, jump);

    const { source } = await run(world);

    assert.equal(source, 'sign-in');
    assert.deepEqual(world.clock.waits, [5, 5, 5].map(seconds));
  });

  test(`A clock that is set ${how} does not change how long a person is waited for`, async () => {
    const world = worldWith({ deviceCode: [deviceCode()], token: always(pending) });
    setOnce(world, jump);

    const error = await run(world).catch((thrown: unknown) => thrown);

    assert.ok(error instanceof Failure);
    assert.equal(error.code, 'sign-in-expired');
    assert.equal(world.clock.passed, minutes(15));
    assert.deepEqual(world.reminders.slice(0, 2), [minutes(14.5), minutes(14)]);
  });

  test(`A token that comes after the clock was set ${how} expires by the clock as it is then`, async () => {
    const world = worldWith({ deviceCode: [deviceCode()], token: [pending, granted(alice)] });
    setOnce(world, jump);

    const { expiresOn } = await run(world);

    const expected = world.clock.now() + seconds(3600);
    // MSAL counts in whole seconds of the real time.
    assert.ok(Math.abs(expiresOn.getTime() - expected) < seconds(10), expiresOn.toISOString());
  });

  test(`A clock that is set ${how} does not change how long Entra is waited for`, async () => {
    const stored = await signedIn(alice, { expiresIn: 60 });
    const world = worldWith({ token: always(json(503, {})) });
    setOnce(world, jump);

    await assert.rejects(run(world, [stored]), { code: 'entra-unavailable' });

    assert.equal(world.clock.passed, seconds(90));
  });
}

test('A token that comes after a long wait is valid as long as Entra says', async () => {
  const world = worldWith({
    deviceCode: [deviceCode({ interval: 600 })],
    token: [granted(alice)],
  });

  const { expiresOn } = await run(world);

  const expected = world.clock.startedAt + seconds(600 + 3600);
  assert.ok(Math.abs(expiresOn.getTime() - expected) < seconds(10), expiresOn.toISOString());
});
