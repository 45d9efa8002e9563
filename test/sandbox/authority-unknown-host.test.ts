import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PublicClientApplication } from '@azure/msal-node';
import { bob, multiTenantApp } from '../../sandbox/authority/directory.ts';
import { startAuthorityWithClient } from '../../sandbox/authority/entra-client.ts';
import { createMsalNetwork } from '../../sandbox/authority/msal-network.ts';
import { startConnectProxy } from '../../sandbox/connect-proxy.ts';

test('MSAL finds its way at a host it does not know, by discovery', async () => {
  await using sandbox = await startAuthorityWithClient({ settings: { intervalSeconds: 0 } });
  const { authority, certificateAuthority } = sandbox;
  const host = 'authority.sandbox.example';
  const proxy = await startConnectProxy({ routes: { [`${host}:443`]: authority.port } });
  const application = new PublicClientApplication({
    auth: {
      clientId: multiTenantApp.clientId,
      authority: `https://${host}/organizations`,
      knownAuthorities: [host],
    },
    system: { networkClient: createMsalNetwork(proxy.url, certificateAuthority.certificatePem) },
  });

  const signedIn = await application.acquireTokenByDeviceCode({
    scopes: ['User.Read'],
    deviceCodeCallback: ({ userCode }) => void authority.signIn(userCode, bob.username),
  });

  assert.equal(signedIn?.account?.username, bob.username);
  assert.equal(authority.requests[0]?.endpoint, 'discovery');
  assert.ok(authority.requests.every((entry) => entry.host === host));
  await proxy.stop();
});
