import assert from 'node:assert/strict';
import test from 'node:test';
import { seconds } from '../../../src/clock.ts';
import { cloudAuthority, customAuthority } from '../../../src/entra/authority.ts';
import { cloudNames } from '../../../src/entra/clouds.ts';
import { entraFailure } from '../../../src/entra/entra-failure.ts';
import { oauthError } from '../../../src/entra/error-response.ts';
import { serverName, serverNameFirst } from '../../../src/entra/server-name.ts';
import { TransportError } from '../../../src/http/transport.ts';
import { deviceCode, html, json } from '../fakes/answers.ts';
import { always } from '../fakes/entra.ts';
import { failureOf } from '../fakes/failure.ts';
import { alice } from '../fakes/people.ts';
import { clientId, tokenRequest } from '../fakes/request.ts';
import { validValue } from '../fakes/result.ts';
import { run, signedIn } from '../fakes/signed-in.ts';
import { worldWith } from '../fakes/world.ts';

const authority = validValue(customAuthority('https://adfs.example.com/tenant'));
const request = tokenRequest({ authority });

test("Entra's clouds and their aliases are Microsoft Entra, other hosts are called by their name", () => {
  for (const cloud of cloudNames) {
    const { url, cacheHosts } = cloudAuthority(cloud, 'organizations');
    for (const each of [url, ...cacheHosts.map((host) => `https://${host}/tenant`)])
      assert.equal(serverName(each), 'Microsoft Entra', each);
  }
  assert.equal(serverNameFirst('https://login.microsoftonline.com:443/x'), 'Microsoft Entra');
  assert.equal(
    serverName('https://login.microsoftonline.com.example/x'),
    'the authority login.microsoftonline.com.example',
  );
  assert.equal(serverNameFirst('https://contoso.ciamlogin.com/x'), 'The authority contoso.ciamlogin.com');
});

for (const [what, response] of [
  ['cannot be reached', new TransportError('the connection was refused')],
  ['fails', json(503, {})],
  ['is throttling', json(429, {})],
] as const) {
  test(`When another authority ${what}, the failure names that authority`, async () => {
    const world = worldWith({ deviceCode: always(response) });

    const { message } = await failureOf(run(world, [], request), 'entra-unavailable');

    assert.match(message, /^The authority adfs\.example\.com could not be used\.\n/);
    assert.doesNotMatch(message, /Entra|microsoft/i);
  });
}

test('When another authority cannot be asked whether somebody signed in, the failure names it', async () => {
  const world = worldWith({ deviceCode: [deviceCode()], token: always(html(404)) });

  const { message } = await failureOf(run(world, [], request), 'entra-unavailable');

  assert.match(
    message,
    /^The authority adfs\.example\.com could not be asked whether somebody signed in\.\n/,
  );
  assert.match(message, /run again when the authority adfs\.example\.com can be used/);
  assert.doesNotMatch(message, /Entra|microsoft/i);
});

test('When another authority has no token endpoint any more, a silent run fails at once', async () => {
  const stored = await signedIn(alice, { request, expiresIn: 60 });
  // The second after the endpoints were asked for again.
  const world = worldWith({ token: [html(404), html(404)] });

  const { message } = await failureOf(run(world, [stored], request), 'entra-unavailable');

  assert.match(message, /^The authority adfs\.example\.com could not be used\.\n/);
  assert.match(message, /check tenant-id and cloud, or authority/);
  assert.deepEqual([world.clock.waits, world.asked], [[], []]);
});

test('Each attempt that failed is reported with the name of the server', async () => {
  const told: string[] = [];
  const world = worldWith({ deviceCode: [html(503), json(400, { error: 'invalid_scope' })] });
  const ports = {
    ...world.ports,
    network: {
      ...world.ports.network,
      onRetry: (_: unknown, delay: number, server: string) => {
        assert.ok(delay >= seconds(0.5));
        told.push(server);
      },
    },
  };

  await failureOf(run({ ...world, ports }, [], request), 'entra-refused');

  assert.deepEqual(told, ['The authority adfs.example.com']);
});

test('An error of another authority leads to whoever runs it, not to Microsoft', () => {
  const error = oauthError(json(400, { error: 'invalid_scope', error_description: 'No such scope.' }));
  assert.ok(error);

  const { message } = entraFailure(error, 'Refused.', { clientId, authority });

  assert.match(message, /the server responded invalid_scope: "No such scope"\.\n/);
  assert.match(message, /to whoever runs the authority adfs\.example\.com\./);
  assert.doesNotMatch(message, /Entra|microsoft/i);
});
