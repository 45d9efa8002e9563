import assert from 'node:assert/strict';
import test from 'node:test';
import { days, minutes } from '../../../src/clock.ts';
import { customAuthority } from '../../../src/entra/authority.ts';
import type { HttpResponse } from '../../../src/http/transport.ts';
import { deviceCode, granted, html, json, pending } from '../fakes/answers.ts';
import type { Answer } from '../fakes/entra.ts';
import { failureOf } from '../fakes/failure.ts';
import { alice } from '../fakes/people.ts';
import { tokenRequest } from '../fakes/request.ts';
import { validValue } from '../fakes/result.ts';
import { run } from '../fakes/signed-in.ts';
import { storedTokens } from '../fakes/stored-tokens.ts';
import { worldWith } from '../fakes/world.ts';

const authority = validValue(customAuthority('https://login.fabrikam.example:8443/contoso'));
const request = tokenRequest({ authority });
const base = 'https://login.fabrikam.example:8443/contoso';
const document = {
  issuer: base,
  authorization_endpoint: `${base}/oauth2/authorize`,
  token_endpoint: `${base}/oauth2/token`,
  jwks_uri: `${base}/discovery/keys`,
};
const environment = authority.cacheHost;
const kept = (age: number, its: Record<string, string> = document) => ({
  discovery: { fetchedAt: Date.now() - age, document: its },
});
const endpoints = (world: ReturnType<typeof worldWith>) =>
  world.entra.requests.map(({ endpoint }) => endpoint);
const worldOf = (discovery: readonly Answer[], token: readonly Answer[] = []) =>
  worldWith({ discovery, token });

test('a cached token needs no endpoint, so nothing is discovered for it', async () => {
  const world = worldWith({});
  const stored = storedTokens(alice, { environment, id: 'Sub', tokens: [{ realm: 'contoso' }] });

  const { source } = await run(world, [stored], request);

  assert.deepEqual([source, world.entra.requests], ['cache', []]);
});

test('what an authority says of its endpoints is stored for a day', async () => {
  const stored = storedTokens(alice, { environment });
  const first = worldOf([json(200, document)], [granted(alice)]);
  const { cache, details } = await run(first, [stored], request);
  const later = { ...request, minimumLifetime: minutes(120) };

  const soon = worldOf([], [granted(alice)]);
  await run(soon, [{ origin: 'token-cache', cache, details }], later);
  const tomorrow = worldOf([json(200, document)], [granted(alice)]);
  await run(tomorrow, [storedTokens(alice, { environment, details: kept(days(1) + 1000) })], later);
  const fromTheFuture = worldOf([json(200, document)], [granted(alice)]);
  await run(fromTheFuture, [storedTokens(alice, { environment, details: kept(-minutes(5)) })], later);

  assert.deepEqual(endpoints(first), ['openid-configuration', 'token']);
  assert.deepEqual(endpoints(soon), ['token']);
  assert.deepEqual(endpoints(tomorrow), ['openid-configuration', 'token']);
  assert.deepEqual(endpoints(fromTheFuture), ['openid-configuration', 'token']);
});

for (const [what, answer] of [
  ['is not there any more', html(404)],
  ['is failing', json(503, {})],
] as const) {
  test(`where a stored endpoint ${what}, the document is fetched again, and the request goes where it says`, async () => {
    const moved = { ...document, token_endpoint: `${base}/v3/token` };
    const world = worldOf([json(200, moved)], [answer, granted(alice)]);

    const { details } = await run(
      world,
      [storedTokens(alice, { environment, details: kept(1000) })],
      request,
    );

    assert.deepEqual(endpoints(world), ['token', 'openid-configuration', 'token']);
    assert.match(world.entra.requests[2]?.url ?? '', /\/v3\/token/);
    assert.equal(details.discovery?.document['token_endpoint'], moved.token_endpoint);
  });
}

const bad: readonly (readonly [string, Record<string, unknown>])[] = [
  ['over plain HTTP', { token_endpoint: `http://login.fabrikam.example:8443/contoso/oauth2/token` }],
  ['over FTP', { token_endpoint: 'ftp://login.fabrikam.example/token' }],
  ['that is relative', { token_endpoint: '/contoso/oauth2/token' }],
  ['that is empty', { token_endpoint: '' }],
  ['that is absent', { token_endpoint: undefined }],
  ['that is no text', { token_endpoint: ['https://login.fabrikam.example:8443/token'] }],
  ['on another host', { token_endpoint: 'https://evil.example/token' }],
  ['on another port', { token_endpoint: 'https://login.fabrikam.example/token' }],
  ['with a user name', { token_endpoint: 'https://a:b@login.fabrikam.example:8443/token' }],
  ['of unreasonable length', { token_endpoint: `${base}/${'x'.repeat(3000)}/token` }],
  ['to authorize on another host', { authorization_endpoint: 'https://evil.example/authorize' }],
  ['for device codes on another host', { device_authorization_endpoint: 'https://evil.example/devicecode' }],
];

for (const [what, members] of bad) {
  const refused: HttpResponse = json(200, { ...document, ...members });

  test(`an endpoint ${what} is refused, and nothing is sent to it: silent run`, async () => {
    const world = worldOf([refused]);

    const { message } = await failureOf(
      run(world, [storedTokens(alice, { environment })], request),
      'entra-refused',
    );

    assert.match(message, /discovery document/);
    assert.deepEqual(endpoints(world), ['openid-configuration']);
  });

  test(`an endpoint ${what} is refused, and nothing is sent to it: sign-in`, async () => {
    const world = worldWith({ discovery: [refused], deviceCode: [deviceCode()] });

    await failureOf(run(world, [], request), 'entra-refused');

    assert.deepEqual(endpoints(world), ['openid-configuration']);
    assert.deepEqual(world.shown, []);
  });

  test(`a stored endpoint ${what} is not used: the document is fetched again`, async () => {
    const details = kept(1000, JSON.parse(JSON.stringify({ ...document, ...members })));
    const world = worldOf([json(200, document)], [granted(alice)]);

    await run(world, [storedTokens(alice, { environment, details })], request);

    assert.deepEqual(endpoints(world), ['openid-configuration', 'token']);
  });
}

test('stored endpoints never stop a sign-in: the code is shown, waited for, and requested again', async () => {
  const world = worldWith({
    discovery: [json(200, document)],
    deviceCode: [deviceCode()],
    token: [pending, granted(alice)],
  });
  const stored = storedTokens(alice, { environment, details: kept(1000) });

  const { source } = await run(world, [stored], { ...request, forceSignIn: true });

  assert.equal(source, 'sign-in');
  assert.equal(world.shown.length, 1);
  assert.deepEqual(endpoints(world), ['openid-configuration', 'devicecode', 'token', 'token']);
});

test('an endpoint that is gone and says so in JSON has the document fetched again', async () => {
  const moved = { ...document, token_endpoint: `${base}/v3/token` };
  const gone = json(404, { status: 404, error: 'Not Found' });
  const world = worldOf([json(200, moved)], [gone, granted(alice)]);

  const { source } = await run(world, [storedTokens(alice, { environment, details: kept(1000) })], request);

  assert.equal(source, 'refresh');
  assert.deepEqual(endpoints(world), ['token', 'openid-configuration', 'token']);
});

for (const name of ['issuer', 'jwks_uri', 'authorization_endpoint']) {
  test(`a document without ${name} is refused as what it is`, async () => {
    const world = worldOf([json(200, { ...document, [name]: undefined })]);

    const { message } = await failureOf(
      run(world, [storedTokens(alice, { environment })], request),
      'entra-refused',
    );

    assert.match(message, new RegExp(`names no ${name}`));
  });
}
