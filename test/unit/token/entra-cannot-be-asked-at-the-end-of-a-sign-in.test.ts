import assert from 'node:assert/strict';
import test from 'node:test';
import { minutes, seconds } from '../../../src/clock.ts';
import { TransportError } from '../../../src/http/transport.ts';
import { deviceCode, json, pending } from '../fakes/answers.ts';
import { always } from '../fakes/entra.ts';
import { failureOf } from '../fakes/failure.ts';
import { run } from '../fakes/signed-in.ts';
import { worldWith } from '../fakes/world.ts';

for (const [trouble, answer, reason] of [
  ['a refused connection', new TransportError('the connection was refused'), 'the connection was refused'],
  ['a 503', json(503, {}), 'it responded 503'],
] as const) {
  test(`${trouble} that lasts until the code expires is reported as such, not as a person who did not sign in`, async () => {
    const world = worldWith({ deviceCode: [deviceCode()], token: [pending, ...always(answer)] });

    const { message } = await failureOf(run(world), 'entra-unavailable');

    assert.match(message, /^Microsoft Entra could not be asked whether somebody signed in\./);
    assert.ok(message.includes(`${reason}.`), message);
    assert.equal(world.clock.passed, minutes(15));
  });
}

test('an error that was over when the code expired is not reported as the reason', async () => {
  const world = worldWith({ deviceCode: [deviceCode()], token: [json(503, {}), ...always(pending)] });

  await failureOf(run(world), 'sign-in-expired');
});

test('where asking again cannot help, as with a certificate that is not trusted, polling ends at once', async () => {
  const untrusted = new TransportError('the certificate is not trusted', { permanent: true });
  const world = worldWith({ deviceCode: [deviceCode()], token: [pending, ...always(untrusted)] });

  const { message } = await failureOf(run(world), 'entra-unavailable');

  assert.match(message, /the certificate is not trusted\.\n.*fix the network settings/);
  assert.equal(world.entra.to('token').length, 2);
  assert.equal(world.clock.passed, seconds(10));
});
