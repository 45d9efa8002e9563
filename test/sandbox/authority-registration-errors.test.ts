import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  alice,
  confidentialApp,
  organizationsApp,
  sandboxTenant,
  singleTenantApp,
} from '../../sandbox/authority/directory.ts';
import {
  type AuthorityWithClient,
  type ClientAnswer,
  startAuthorityWithClient,
} from '../../sandbox/authority/entra-client.ts';

const errorOf = ({ status, body }: ClientAnswer) => [
  status,
  body['error'],
  ...(body['error_codes'] as number[]),
];

let sandbox: AuthorityWithClient;
before(async () => {
  sandbox = await startAuthorityWithClient();
});
after(() => sandbox[Symbol.asyncDispose]());

test('an app that is not registered is not found', async () => {
  const client = sandbox.clientOf({ clientId: '00000000-1111-4222-8333-444444444444' });
  assert.deepEqual(errorOf(await client.requestDeviceCode()), [400, 'unauthorized_client', 700016]);
});

test('an app that is no public client gets a code, and is asked for a secret when it polls', async () => {
  const client = sandbox.clientOf({ clientId: confidentialApp.clientId });
  const { status, body } = await client.requestDeviceCode();
  assert.equal(status, 200);
  assert.deepEqual(errorOf(await client.poll(body['device_code'])), [401, 'invalid_client', 7000218]);
});

test('a tenant that does not exist is not found', async () => {
  const client = sandbox.clientOf({ tenant: 'elsewhere.example' });
  const answer = await client.requestDeviceCode();
  assert.deepEqual(errorOf(answer), [400, 'invalid_request', 90002]);
  assert.match(
    String(answer.body['error_description']),
    /^AADSTS90002: Tenant 'elsewhere\.example' not found\./,
  );
});

for (const tenant of ['organizations', 'common']) {
  test(`an app of one tenant does not work through ${tenant}`, async () => {
    const client = sandbox.clientOf({ tenant, clientId: singleTenantApp.clientId });
    assert.deepEqual(errorOf(await client.requestDeviceCode()), [400, 'invalid_request', 50194]);
  });
}

for (const tenant of [sandboxTenant.id, sandboxTenant.domain]) {
  test(`an app of one tenant works through its tenant as ${tenant}`, async () => {
    const client = sandbox.clientOf({ tenant, clientId: singleTenantApp.clientId });
    assert.equal((await client.signIn(alice.username)).status, 200);
  });
}

test('an app for work accounts does not work through consumers', async () => {
  const client = sandbox.clientOf({ tenant: 'consumers', clientId: organizationsApp.clientId });
  assert.deepEqual(errorOf(await client.requestDeviceCode()), [400, 'invalid_request', 9002332]);
});

test('one request for scopes of two resources is refused', async () => {
  const answer = await sandbox.client.requestDeviceCode('User.Read https://outlook.office.com/SMTP.Send');
  assert.deepEqual(errorOf(answer), [400, 'invalid_request', 28000]);
});

test('the default scope beside a named one is refused', async () => {
  const answer = await sandbox.client.requestDeviceCode('https://graph.microsoft.com/.default User.Read');
  assert.deepEqual(errorOf(answer), [400, 'invalid_scope', 70011]);
});

test('a request without a scope is refused with the name of the missing parameter', async () => {
  const answer = await sandbox.client.requestDeviceCode('');
  assert.deepEqual(errorOf(answer), [400, 'invalid_request', 900144]);
  assert.match(String(answer.body['error_description']), /'scope'/);
});
