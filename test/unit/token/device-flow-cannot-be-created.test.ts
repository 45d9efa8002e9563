import assert from 'node:assert/strict';
import test from 'node:test';
import { correlationId, deviceCode, json, refused } from '../fakes/answers.ts';
import { failureOf } from '../fakes/failure.ts';
import { run } from '../fakes/signed-in.ts';
import { worldWith } from '../fakes/world.ts';

const what = 'Failed to create device flow: check the app registration.';

for (const [why, answer, hint] of [
  ['is no public client', refused('invalid_client', 7000218), /"Allow public client flows" to Yes/],
  ['is not in this tenant', refused('unauthorized_client', 700016), /check client-id, tenant-id and cloud/],
  ['is for one tenant only', refused('invalid_request', 50194), /set tenant-id to the tenant/],
] as const) {
  test(`when the app ${why}, the step says so and never polls`, async () => {
    const world = worldWith({ deviceCode: [answer] });

    const failure = await failureOf(run(world), 'entra-refused');

    assert.ok(failure.message.startsWith(what));
    assert.match(failure.message, hint);
    assert.match(failure.message, new RegExp(correlationId));
    assert.deepEqual([world.entra.requests.length, world.shown.length], [1, 0]);
  });
}

for (const [lack, answer] of [
  ['no user code', deviceCode({ user_code: undefined })],
  ['no device code', deviceCode({ device_code: undefined })],
  ['nothing', json(200, {})],
  ['no web address', deviceCode({ verification_uri: undefined })],
  ['an address that is no web page', deviceCode({ verification_uri: 'javascript:alert(1)' })],
] as const) {
  test(`when the server sends ${lack}, the device flow is not begun`, async () => {
    const world = worldWith({ deviceCode: [answer] });

    const failure = await failureOf(run(world), 'entra-refused');

    assert.ok(failure.message.startsWith(what));
    assert.deepEqual([world.entra.to('token').length, world.shown.length], [0, 0]);
  });
}
