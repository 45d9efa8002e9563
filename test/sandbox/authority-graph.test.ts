import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { alice } from '../../sandbox/authority/directory.ts';
import { startAuthorityWithClient } from '../../sandbox/authority/entra-client.ts';

test('Graph says whose token it is', async () => {
  await using sandbox = await startAuthorityWithClient();
  const { client } = sandbox;
  const { body: tokens } = await client.signIn(alice.username);

  const { status, body } = await client.callGraph(tokens['access_token']);

  assert.equal(status, 200);
  assert.equal(body['id'], alice.objectId);
  assert.equal(body['displayName'], alice.displayName);
  assert.equal(body['mail'], alice.username);
});

test('a Graph token without User.Read is not enough', async () => {
  await using sandbox = await startAuthorityWithClient();
  const { body: tokens } = await sandbox.client.signIn(alice.username, 'Mail.Read offline_access');

  const { status, body } = await sandbox.client.callGraph(tokens['access_token']);

  assert.equal(status, 403);
  assert.equal((body['error'] as { code: string }).code, 'Authorization_RequestDenied');
});

test('a token for another resource, a changed one and none at all are refused', async () => {
  await using sandbox = await startAuthorityWithClient();
  const { client } = sandbox;
  const mail = await client.signIn(alice.username, 'https://outlook.office.com/SMTP.Send');
  const graph = String((await client.signIn(alice.username)).body['access_token']);
  const [head, , signature] = graph.split('.');
  const forged = Buffer.from(JSON.stringify({ aud: 'https://graph.microsoft.com' })).toString('base64url');

  for (const token of [mail.body['access_token'], `${head}.${forged}.${signature}`, 'x', '']) {
    const { status, body } = await client.callGraph(token);
    assert.equal(status, 401);
    assert.equal((body['error'] as { code: string }).code, 'InvalidAuthenticationToken');
  }
});

test('a token that has expired is refused', async () => {
  await using sandbox = await startAuthorityWithClient({ settings: { accessTokenLifetimeSeconds: 60 } });
  const { client } = sandbox;
  const { body: tokens } = await client.signIn(alice.username);
  assert.equal(tokens['expires_in'], 60);
  assert.equal((await client.callGraph(tokens['access_token'])).status, 200);
  mock.timers.enable({ apis: ['Date'], now: Date.now() + 61_000 });
  try {
    assert.equal((await client.callGraph(tokens['access_token'])).status, 401);
  } finally {
    mock.timers.reset();
  }
});
