import assert from 'node:assert/strict';
import test from 'node:test';
import { seconds } from '../../../src/clock.ts';
import { TransportError } from '../../../src/http/transport.ts';
import { deviceCode, granted, html, json, pending, refused } from '../fakes/answers.ts';
import { alice } from '../fakes/people.ts';
import { run } from '../fakes/signed-in.ts';
import { worldWith } from '../fakes/world.ts';

for (const [trouble, answer] of [
  ['a connection reset', new TransportError('the connection was reset')],
  ['a 503', json(503, { error: 'temporarily_unavailable' })],
  ['a 502 with an HTML page', html(502)],
  ['a sign-in page of the network', html(200)],
  ['a 429 with an empty object', json(429, {})],
  ['a transient code', refused('invalid_request', 90033)],
  ['a throttling code as invalid_grant', refused('invalid_grant', 50196)],
] as const) {
  test(`${trouble} while polling does not end the sign-in`, async () => {
    const world = worldWith({
      deviceCode: [deviceCode()],
      token: [pending, answer, answer, pending, granted(alice)],
    });

    const { token, source } = await run(world);

    assert.deepEqual([token, source], ['access token of alice', 'sign-in']);
    assert.equal(world.entra.to('devicecode').length, 1);
    assert.ok(world.entra.pauses.every((wait) => wait >= seconds(5)));
  });
}

test('errors that last make the polls rarer, and the code is valid as long as ever', async () => {
  const reset = new TransportError('the connection was reset');
  const world = worldWith({
    deviceCode: [deviceCode()],
    token: [...Array.from({ length: 8 }, () => reset), granted(alice)],
  });

  await run(world);

  assert.deepEqual(world.entra.pauses, [5, 5, 5, 5, 8, 16, 16, 16, 16].map(seconds));
});

test('polling waits as long as a 429 asks for', async () => {
  const world = worldWith({
    deviceCode: [deviceCode()],
    token: [json(429, {}, { 'retry-after': '40' }), granted(alice)],
  });

  await run(world);

  const [, second = 0] = world.entra.pauses;
  assert.ok(second >= seconds(40) && second <= seconds(40 + 12));
});
