import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { alice } from '../../sandbox/authority/directory.ts';
import { type ClientAnswer, startAuthorityWithClient } from '../../sandbox/authority/entra-client.ts';

const errorOf = ({ body }: ClientAnswer) => [body['error'], ...(body['error_codes'] as number[])];

test('a code that nobody has entered yet is pending, and then the person can still sign in', async () => {
  await using sandbox = await startAuthorityWithClient();
  const { authority, client } = sandbox;
  const { body: code } = await client.requestDeviceCode();

  assert.deepEqual(errorOf(await client.poll(code['device_code'])), ['authorization_pending', 70016]);
  await authority.signIn(String(code['user_code']), alice.username);

  const { status, body } = await client.poll(code['device_code']);
  assert.equal(status, 200);
  assert.equal(body['scope'], 'User.Read openid profile email');
});

test('the long grant name of RFC 8628 is understood too', async () => {
  await using sandbox = await startAuthorityWithClient();
  const { client } = sandbox;
  const { body: code } = await client.requestDeviceCode();
  const form = {
    grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
    client_id: client.clientId,
    device_code: String(code['device_code']),
  };

  const answer = await client.send('/organizations/oauth2/v2.0/token', { form });

  assert.deepEqual(errorOf(answer), ['authorization_pending', 70016]);
});

test('a person who cancels declines the sign-in', async () => {
  await using sandbox = await startAuthorityWithClient();
  const { authority, client } = sandbox;
  const { body: code } = await client.requestDeviceCode();

  await authority.decline(String(code['user_code']));

  assert.equal((await client.poll(code['device_code'])).body['error'], 'authorization_declined');
});

test('a code expires when its time is over', async () => {
  await using sandbox = await startAuthorityWithClient();
  const { authority, client } = sandbox;
  const { body: code } = await client.requestDeviceCode();
  assert.equal(code['expires_in'], 900);
  mock.timers.enable({ apis: ['Date'], now: Date.now() + 901_000 });
  try {
    assert.deepEqual(errorOf(await client.poll(code['device_code'])), ['expired_token', 70020]);
    await assert.rejects(authority.signIn(String(code['user_code']), alice.username), /has expired/);
  } finally {
    mock.timers.reset();
  }
});

test('a device code that was never given out is a bad verification code', async () => {
  await using sandbox = await startAuthorityWithClient();
  assert.deepEqual(errorOf(await sandbox.client.poll('no-such-code')), ['bad_verification_code', 70018]);
});

test('a device code opens once, and a second use does not end what the first one brought', async () => {
  await using sandbox = await startAuthorityWithClient();
  const { authority, client } = sandbox;
  const { body: code } = await client.requestDeviceCode();
  await authority.signIn(String(code['user_code']), alice.username);
  const { body: tokens } = await client.poll(code['device_code']);

  assert.deepEqual(errorOf(await client.poll(code['device_code'])), ['invalid_grant', 90120]);
  assert.equal((await client.refresh(tokens['refresh_token'])).status, 200);
});

test('the interval is what the settings say, or left out', async () => {
  await using sandbox = await startAuthorityWithClient({ settings: { intervalSeconds: 7 } });
  assert.equal((await sandbox.client.requestDeviceCode()).body['interval'], 7);
  sandbox.authority.settings.intervalSeconds = undefined;
  assert.equal('interval' in (await sandbox.client.requestDeviceCode()).body, false);
});
