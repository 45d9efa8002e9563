import assert from 'node:assert/strict';
import test from 'node:test';
import { correlationId, deviceCode, json, refused, secretDeviceCode } from '../fakes/answers.ts';
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

for (const [what, changes] of [
  ['a page without TLS', { verification_uri: 'http://microsoft.com/devicelogin' }],
  ['a page with a user name', { verification_uri: 'https://microsoft.com@evil.example/' }],
  ['the device code as user code', { user_code: secretDeviceCode }],
  [
    'a part of the device code in the address',
    { verification_uri: `https://microsoft.com/?c=${secretDeviceCode.slice(3, 15)}` },
  ],
] as const) {
  test(`when the server names ${what}, no code is shown`, async () => {
    const world = worldWith({ deviceCode: [deviceCode(changes)] });

    const failure = await failureOf(run(world), 'entra-refused');

    assert.match(failure.message, /^The sign-in was not started: .*No code was shown\.$/ms);
    assert.ok(!failure.message.includes(secretDeviceCode.slice(3, 15)));
    assert.deepEqual([world.entra.to('token').length, world.shown.length], [0, 0]);
  });
}

for (const code of [
  'AB::CD',
  'AB\nCD',
  'open https://evil.example',
  '`AB`',
  '\u202eABCD',
  'A'.repeat(65),
  ' ',
]) {
  test(`a user code that could not be shown as it is (${JSON.stringify(code)}) is none`, async () => {
    const world = worldWith({ deviceCode: [deviceCode({ user_code: code })] });

    await failureOf(run(world), 'entra-refused');

    assert.deepEqual(world.shown, []);
  });
}
