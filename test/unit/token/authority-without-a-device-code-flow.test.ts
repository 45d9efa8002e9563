import assert from 'node:assert/strict';
import test from 'node:test';
import { seconds } from '../../../src/clock.ts';
import { customAuthority } from '../../../src/entra/authority.ts';
import { beginSignIn } from '../../../src/token/split-sign-in.ts';
import { deviceCode, html, json } from '../fakes/answers.ts';
import { always } from '../fakes/entra.ts';
import { failureOf } from '../fakes/failure.ts';
import { tokenRequest } from '../fakes/request.ts';
import { validValue } from '../fakes/result.ts';
import { run } from '../fakes/signed-in.ts';
import { worldWith } from '../fakes/world.ts';

const elsewhere = validValue(customAuthority('https://idp.example.com:8443/default'));
const request = tokenRequest({ authority: elsewhere });

const empty = (status: number) => ({ status, headers: {}, body: '' });

for (const [what, response, says] of [
  ['404', empty(404), /responded 404/],
  ['405', empty(405), /responded 405/],
  ['410', empty(410), /responded 410/],
  ['501', empty(501), /responded 501/],
  ['HTML with 404', html(404), /responded 404 .* no JSON/],
  ['HTML with 405', html(405), /responded 405 .* no JSON/],
  ['HTML with 501', html(501), /responded 501 .* no JSON/],
  ['HTML with 200', html(200), /responded 200 .* no JSON \(a proxy may/],
  ['HTML with 400', html(400), /responded 400/],
  ['HTML with 403', html(403), /responded 403/],
  ['a redirect to its sign-in page', empty(302), /responded 302/],
  ['an empty object with 200', json(200, {}), /responded 200 .* without a device code\./],
  ['an empty object with 400', json(400, {}), /responded 400 .* without a device code\./],
  [
    'an error object of its framework',
    json(404, { status: 404, error: 'Not Found', path: '/' }),
    /"Not Found"/,
  ],
  [
    'an error of its router in the form of OAuth',
    json(404, {
      error: 'invalid_request',
      error_description: 'Unable to find matching target resource method',
    }),
    /"Unable to find matching target resource method"/,
  ],
] as const) {
  test(`An authority that is not Entra and responds with ${what} to the request for a code is reported at once as one without that flow`, async () => {
    const world = worldWith({ deviceCode: [response] });

    const { message } = await failureOf(run(world, [], request), 'entra-refused');

    assert.match(message, /^The authority idp\.example\.com:8443 offers no device code flow\.\n/);
    assert.match(message, /at \/default\/oauth2\/v2\.0\/devicecode, where that flow begins/);
    assert.match(message, says);
    assert.match(message, /by browser.*token-cache/);
    assert.doesNotMatch(message, /Entra|microsoft|app registration/i);
    assert.deepEqual([world.entra.to('devicecode').length, world.clock.waits], [1, []]);
  });
}

for (const [what, response] of [
  ['503 with HTML', html(503)],
  ['502', empty(502)],
  ['429', json(429, {})],
  ['408', empty(408)],
  ['temporarily_unavailable', json(400, { error: 'temporarily_unavailable' })],
] as const) {
  test(`An authority that is not Entra and responds with ${what} once is asked for the code again`, async () => {
    const world = worldWith({
      deviceCode: [response, deviceCode()],
      token: [json(400, { error: 'access_denied' })],
    });

    await failureOf(run(world, [], request), 'sign-in-declined');

    assert.equal(world.shown.length, 1);
  });
}

test('In a split sign-in, too, a missing device code flow is reported at once', async () => {
  const world = worldWith({ deviceCode: [empty(405)] });

  const failure = await failureOf(beginSignIn({ request, claims: '' }, world.ports), 'entra-refused');

  assert.match(failure.message, /offers no device code flow/);
  assert.deepEqual(world.clock.waits, []);
});

test('An OAuth error of another authority is reported as its own, without a word of Entra', async () => {
  const body = { error: 'unauthorized_client', error_description: 'Grant type not allowed for the client.' };
  const world = worldWith({ deviceCode: [json(403, body)] });

  const { message } = await failureOf(run(world, [], request), 'entra-refused');

  assert.match(message, /^The authority idp\.example\.com:8443 refused to begin a device code flow\.\n/);
  assert.match(message, /unauthorized_client: "Grant type not allowed for the client"\.\n/);
  assert.doesNotMatch(message, /Entra|microsoft|app registration/i);
});

for (const status of [404, 405, 501]) {
  test(`${status} from Entra's own host is of something on the way: it is tried again, but not for long`, async () => {
    const world = worldWith({ deviceCode: always(empty(status)) });

    const { message } = await failureOf(run(world), 'entra-unavailable');

    assert.match(message, /^Microsoft Entra could not be used\./);
    assert.match(message, /whether a proxy responds in place of the server/);
    assert.ok(world.clock.passed > seconds(1) && world.clock.passed <= seconds(10));
  });
}

test("a web page once in place of Entra's code is passed over", async () => {
  const world = worldWith({
    deviceCode: [html(404), deviceCode()],
    token: [json(400, { error: 'access_denied' })],
  });

  await failureOf(run(world), 'sign-in-declined');

  assert.equal(world.shown.length, 1);
});
