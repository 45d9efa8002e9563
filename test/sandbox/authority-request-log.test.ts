import assert from 'node:assert/strict';
import { test } from 'node:test';
import { alice } from '../../sandbox/authority/directory.ts';
import { startAuthorityWithClient } from '../../sandbox/authority/entra-client.ts';

test('the request log shows what was requested and how it ended, and holds no secret', async () => {
  await using sandbox = await startAuthorityWithClient();
  const { authority, client } = sandbox;
  const { body: tokens } = await client.signIn(alice.username);
  await client.refresh(tokens['refresh_token']);
  await client.refresh(tokens['refresh_token'], 'Mail.Send');
  await client.callGraph(tokens['access_token']);

  const seen = authority.requests.map(({ endpoint, grantType, status, error }) => [
    endpoint,
    grantType,
    status,
    error,
  ]);
  assert.deepEqual(seen, [
    ['device-code', undefined, 200, undefined],
    ['token', 'device_code', 200, undefined],
    ['token', 'refresh_token', 200, undefined],
    ['token', 'refresh_token', 400, 'invalid_grant'],
    ['me', undefined, 200, undefined],
  ]);
  assert.equal(authority.requests[3]?.scope, 'Mail.Send');
  assert.equal(authority.requests[3]?.tenant, 'organizations');
  assert.equal(authority.requests[4]?.host, 'graph.microsoft.com');
  const printed = JSON.stringify(authority.requests);
  const kinds = new Set(authority.secrets.map(({ kind }) => kind));
  assert.deepEqual([...kinds].sort(), ['access_token', 'device_code', 'id_token', 'refresh_token']);
  for (const { value } of authority.secrets) assert.ok(!printed.includes(value));

  authority.clearRequests();
  assert.deepEqual(authority.requests, []);
});

test('a correlation id comes back in the response, in the error and in the log', async () => {
  await using sandbox = await startAuthorityWithClient();
  const { authority, client } = sandbox;
  const id = 'c0bbe1a7-0000-4000-8000-000000000000';

  const { headers, body } = await client.send('/nowhere.example/oauth2/v2.0/token', {
    form: { client_id: client.clientId },
    headers: { 'client-request-id': id },
  });

  assert.equal(headers['client-request-id'], id);
  assert.equal(body['correlation_id'], id);
  assert.equal(body['trace_id'], headers['x-ms-request-id']);
  assert.equal(authority.requests[0]?.correlationId, id);
});
