import assert from 'node:assert/strict';
import test from 'node:test';
import { minutes } from '../../../src/clock.ts';
import { inputsOf } from '../fakes/inputs.ts';
import { contoso } from '../fakes/people.ts';
import { keyOf, keyText } from '../fakes/record-context.ts';
import { clientId } from '../fakes/request.ts';

test('with client-id alone, everything else has its default', () => {
  const { authority, ...others } = inputsOf({});

  assert.equal(authority.url, 'https://login.microsoftonline.com/organizations');
  assert.deepEqual(others, {
    clientId,
    scopes: ['User.Read'],
    account: '',
    signIn: 'auto',
    signInTimeout: minutes(15),
    minimumLifetime: minutes(5),
    encryptionKeys: [],
    workflowCache: true,
    cacheName: '',
    mailbox: '',
    tokenCache: '',
    secret: undefined,
    waitForSignIn: true,
    pendingSignIn: '',
  });
});

test('every input may be given; case and white space around it do not matter', () => {
  const inputs = inputsOf({
    'client-id': ` ${clientId.toUpperCase()} `,
    'tenant-id': contoso.toUpperCase(),
    cloud: 'China',
    scopes: 'Mail.Read,\n offline_access Mail.Send',
    account: ' Alice@Contoso.example ',
    'sign-in': 'FORCE',
    'sign-in-timeout-minutes': '3',
    'minimum-lifetime-minutes': '0',
    'encryption-key': keyText(1),
    'workflow-cache': 'False',
    'cache-name': 'nightly',
    mailbox: ' reports@contoso.example ',
    'token-cache': 'a cache',
    'secret-name': 'Entra_Token_Cache',
    'secret-token': 'a-token',
    'secret-environment': 'night runs, eu',
    'wait-for-sign-in': 'TRUE',
    'pending-sign-in': 'a pending sign-in',
  });

  assert.equal(inputs.authority.url, `https://login.partner.microsoftonline.cn/${contoso}`);
  assert.deepEqual(
    { ...inputs, authority: undefined },
    {
      clientId,
      authority: undefined,
      scopes: ['Mail.Read', 'Mail.Send'],
      account: 'Alice@Contoso.example',
      signIn: 'force',
      signInTimeout: minutes(3),
      minimumLifetime: 0,
      encryptionKeys: [keyOf(1)],
      workflowCache: false,
      cacheName: 'nightly',
      mailbox: 'reports@contoso.example',
      tokenCache: 'a cache',
      secret: { name: 'ENTRA_TOKEN_CACHE', token: 'a-token', environment: 'night runs, eu' },
      waitForSignIn: true,
      pendingSignIn: 'a pending sign-in',
    },
  );
});

for (const tenant of ['contoso.onmicrosoft.com', 'organizations', 'Consumers', 'common', contoso]) {
  test(`tenant-id may be ${tenant}`, () => {
    assert.equal(inputsOf({ 'tenant-id': tenant }).authority.tenant, tenant.toLowerCase());
  });
}

test('an authority of its own may have a client id that is no GUID', () => {
  const inputs = inputsOf({ authority: 'https://ADFS.contoso.example/adfs/', 'client-id': 'Our-App' });

  assert.deepEqual(
    [inputs.clientId, inputs.authority.url, inputs.authority.wellKnown],
    ['Our-App', 'https://adfs.contoso.example/adfs', false],
  );
});

test('an authority that names a known cloud host is known', () => {
  const { authority } = inputsOf({ authority: `https://login.microsoftonline.com/${contoso}` });

  assert.deepEqual([authority.wellKnown, authority.cacheHost], [true, 'login.windows.net']);
});
