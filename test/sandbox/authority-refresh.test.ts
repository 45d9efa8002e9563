import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { alice, bob, carol } from '../../sandbox/authority/directory.ts';
import { type ClientAnswer, startAuthorityWithClient } from '../../sandbox/authority/entra-client.ts';

const imap = 'https://outlook.office.com/IMAP.AccessAsUser.All';
const errorOf = ({ body }: ClientAnswer) => [body['error'], ...(body['error_codes'] as number[])];

test('a refresh token is replaced at each use, and the old one still works', async () => {
  await using sandbox = await startAuthorityWithClient();
  const { client } = sandbox;
  const first = (await client.signIn(alice.username)).body['refresh_token'];

  const second = (await client.refresh(first)).body['refresh_token'];

  assert.notEqual(second, first);
  assert.equal((await client.refresh(first)).status, 200);
  assert.equal((await client.refresh(second)).status, 200);
});

test('where tokens are revoked at use, the old one is not valid and the new one is', async () => {
  await using sandbox = await startAuthorityWithClient({ settings: { rotateAndRevoke: true } });
  const { client } = sandbox;
  const first = (await client.signIn(alice.username)).body['refresh_token'];
  const second = (await client.refresh(first)).body['refresh_token'];

  assert.deepEqual(errorOf(await client.refresh(first)), ['invalid_grant', 70000]);
  assert.equal((await client.refresh(second)).status, 200);
});

test('a token from a sign-in for Graph opens Outlook, once there is consent', async () => {
  await using sandbox = await startAuthorityWithClient();
  const { authority, client } = sandbox;
  const token = (await client.signIn(alice.username)).body['refresh_token'];

  const refused = await client.refresh(token, imap);
  assert.deepEqual(errorOf(refused), ['invalid_grant', 65001]);
  assert.equal(refused.body['suberror'], 'consent_required');

  authority.consent(alice.username, imap);
  const { status, body } = await client.refresh(token, `${imap} openid profile offline_access`);
  assert.equal(status, 200);
  assert.equal(body['scope'], imap);
  assert.equal(
    (await client.refresh(body['refresh_token'])).status,
    200,
    'and back to Graph with the new one',
  );

  authority.withdrawConsent(alice.username, imap);
  assert.deepEqual(errorOf(await client.refresh(token, imap)), ['invalid_grant', 65001]);
});

test('a permission is the same in all its spellings, and the response uses the one of the request', async () => {
  await using sandbox = await startAuthorityWithClient();
  const { client } = sandbox;
  const token = (await client.signIn(alice.username, 'user.read offline_access')).body['refresh_token'];

  const { body } = await client.refresh(token, 'https://graph.microsoft.com/User.Read');

  assert.equal(body['scope'], 'https://graph.microsoft.com/User.Read');
  assert.equal((await client.callGraph(body['access_token'])).status, 200);
});

test('the default scope gives all that there is consent to', async () => {
  await using sandbox = await startAuthorityWithClient();
  const { authority, client } = sandbox;
  const token = (await client.signIn(alice.username)).body['refresh_token'];
  authority.consent(alice.username, 'Mail.Read');

  const { body } = await client.refresh(token, 'https://graph.microsoft.com/.default');

  const graph = 'https://graph.microsoft.com';
  assert.equal(body['scope'], `${graph}/User.Read ${graph}/Mail.Read ${graph}/.default`);
});

test('without offline_access there is no refresh token', async () => {
  await using sandbox = await startAuthorityWithClient();
  const { status, body } = await sandbox.client.signIn(alice.username, 'User.Read');
  assert.equal(status, 200);
  assert.equal('refresh_token' in body, false);
});

test("revoking a person's sessions ends their tokens and nobody else's", async () => {
  await using sandbox = await startAuthorityWithClient();
  const { authority, client } = sandbox;
  const hers = (await client.signIn(alice.username)).body['refresh_token'];
  const his = (await client.signIn(bob.username)).body['refresh_token'];

  authority.revokeSessions(alice.username);

  assert.deepEqual(errorOf(await client.refresh(hers)), ['invalid_grant', 50173]);
  assert.equal((await client.refresh(his)).status, 200);
  assert.equal((await client.signIn(alice.username)).status, 200, 'she can sign in anew');
});

test('a token that was made old is refused as unused for 90 days', async () => {
  await using sandbox = await startAuthorityWithClient();
  const { authority, client } = sandbox;
  const token = (await client.signIn(alice.username)).body['refresh_token'];

  authority.expireRefreshTokens(alice.username);

  assert.deepEqual(errorOf(await client.refresh(token)), ['invalid_grant', 700082]);
});

test('a token that is really 91 days old is refused in the same way', async () => {
  await using sandbox = await startAuthorityWithClient();
  const { client } = sandbox;
  const token = (await client.signIn(alice.username)).body['refresh_token'];
  mock.timers.enable({ apis: ['Date'], now: Date.now() + 91 * 24 * 60 * 60 * 1000 });
  try {
    assert.deepEqual(errorOf(await client.refresh(token)), ['invalid_grant', 700082]);
  } finally {
    mock.timers.reset();
  }
});

test('a token that was never given out, or that is of another kind of tenant, is refused', async () => {
  await using sandbox = await startAuthorityWithClient();
  const { client, clientOf } = sandbox;
  const consumers = clientOf({ tenant: 'consumers' });
  const hers = (await consumers.signIn(carol.username)).body['refresh_token'];

  assert.deepEqual(errorOf(await client.refresh('no-such-token')), ['invalid_grant', 70000]);
  assert.deepEqual(errorOf(await client.refresh(hers)), ['invalid_grant', 50020]);
  assert.equal((await consumers.refresh(hers)).status, 200);
});
