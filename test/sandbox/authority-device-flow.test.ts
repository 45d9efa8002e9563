import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PublicClientApplication } from '@azure/msal-node';
import { alice, homeAccountId, multiTenantApp } from '../../sandbox/authority/directory.ts';
import { startAuthorityWithClient } from '../../sandbox/authority/entra-client.ts';
import { createMsalNetwork } from '../../sandbox/authority/msal-network.ts';
import { startConnectProxy } from '../../sandbox/connect-proxy.ts';

test('MSAL signs a person in by device code, then refreshes for Graph and for Outlook, through the proxy', async () => {
  await using sandbox = await startAuthorityWithClient({ settings: { intervalSeconds: 0 } });
  const { authority, certificateAuthority, client } = sandbox;
  const proxy = await startConnectProxy({ routes: { 'login.microsoftonline.com:443': authority.port } });
  const application = new PublicClientApplication({
    auth: {
      clientId: multiTenantApp.clientId,
      authority: 'https://login.microsoftonline.com/organizations',
    },
    system: { networkClient: createMsalNetwork(proxy.url, certificateAuthority.certificatePem) },
  });

  const signedIn = await application.acquireTokenByDeviceCode({
    scopes: ['User.Read'],
    deviceCodeCallback: ({ userCode, message, verificationUri }) => {
      assert.match(userCode, /^[A-Z0-9]{9}$/);
      assert.equal(verificationUri, `${authority.signInOrigin}/devicelogin`);
      assert.match(message, new RegExp(userCode));
      void authority.signIn(userCode, alice.username);
    },
  });
  assert.equal(signedIn?.account?.username, alice.username);
  assert.equal(signedIn.account.homeAccountId, homeAccountId(alice));
  assert.equal(
    signedIn.account.idTokenClaims?.iss,
    `https://login.microsoftonline.com/${alice.tenantId}/v2.0`,
  );
  assert.match(String(signedIn.account.idTokenClaims?.sub), /^[-\w]{43}$/, 'another one for each app');
  assert.equal(signedIn.tenantId, alice.tenantId);
  assert.deepEqual(signedIn.scopes, ['User.Read', 'openid', 'profile', 'email']);

  const { account } = signedIn;
  const cached = await application.acquireTokenSilent({ account, scopes: ['User.Read'] });
  assert.equal(cached.fromCache, true);
  assert.equal(cached.accessToken, signedIn.accessToken);

  const refreshed = await application.acquireTokenSilent({
    account,
    scopes: ['User.Read'],
    forceRefresh: true,
  });
  assert.notEqual(refreshed.accessToken, signedIn.accessToken);
  const me = await client.callGraph(refreshed.accessToken);
  assert.equal(me.status, 200);
  assert.equal(me.body['userPrincipalName'], alice.username);

  const imap = 'https://outlook.office.com/IMAP.AccessAsUser.All';
  authority.consent(alice.username, imap);
  const forMail = await application.acquireTokenSilent({ account, scopes: [imap] });
  assert.deepEqual(forMail.scopes, [imap]);
  assert.equal((await client.callGraph(forMail.accessToken)).status, 401);

  assert.deepEqual([...new Set(proxy.connections.map(({ host }) => host))], ['login.microsoftonline.com']);
  assert.ok(authority.requests.every(({ endpoint }) => ['device-code', 'token', 'me'].includes(endpoint)));
  await proxy.stop();
});
