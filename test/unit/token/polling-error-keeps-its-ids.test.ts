import assert from 'node:assert/strict';
import test from 'node:test';
import { correlationId, deviceCode, json, pending, refused, traceId } from '../fakes/answers.ts';
import { failureOf } from '../fakes/failure.ts';
import { clientId } from '../fakes/request.ts';
import { run } from '../fakes/signed-in.ts';
import { worldWith } from '../fakes/world.ts';

test('a sign-in that Conditional Access refuses names code, ids and time, with a text for the admin', async () => {
  const world = worldWith({
    deviceCode: [deviceCode()],
    token: [pending, refused('access_denied', 53003)],
  });

  const { message } = await failureOf(run(world), 'blocked-by-policy');

  assert.match(message, /^The sign-in did not succeed\./);
  assert.ok(
    message.includes(
      `Reference: AADSTS53003 (access_denied), correlation id ${correlationId}, trace id ${traceId}, time 2026-11-20 08:30:00Z`,
    ),
  );
  assert.match(message, new RegExp(`For your administrator: .*${clientId}`));
});

for (const [says, answer, code] of [
  ['the person pressed Cancel', json(400, { error: 'authorization_declined' }), 'sign-in-declined'],
  ['the code has expired', refused('expired_token', 70020), 'sign-in-expired'],
  ['the code was not accepted', refused('bad_verification_code', 70018), 'entra-refused'],
  ['consent was declined', refused('access_denied', 65004), 'sign-in-declined'],
  ['an admin must consent', refused('invalid_grant', 90094), 'consent-needed'],
] as const) {
  test(`a sign-in ends with ${code} when ${says}`, async () => {
    const world = worldWith({ deviceCode: [deviceCode()], token: [answer] });

    await failureOf(run(world), code);

    assert.equal(world.entra.to('token').length, 1);
  });
}
