import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CryptoProvider, PublicClientApplication } from '@azure/msal-node';
import { alice, multiTenantApp } from '../../sandbox/authority/directory.ts';
import { startAuthorityWithClient } from '../../sandbox/authority/entra-client.ts';
import { createMsalNetwork } from '../../sandbox/authority/msal-network.ts';
import { startConnectProxy } from '../../sandbox/connect-proxy.ts';

test('MSAL signs a person in by browser, with an authorization code and PKCE', async () => {
  await using sandbox = await startAuthorityWithClient();
  const { authority, certificateAuthority, client } = sandbox;
  const proxy = await startConnectProxy({ routes: { 'login.microsoftonline.com:443': authority.port } });
  const application = new PublicClientApplication({
    auth: { clientId: multiTenantApp.clientId, authority: 'https://login.microsoftonline.com/common' },
    system: { networkClient: createMsalNetwork(proxy.url, certificateAuthority.certificatePem) },
  });
  const { verifier, challenge } = await new CryptoProvider().generatePkceCodes();
  const request = { scopes: ['User.Read'], redirectUri: 'http://localhost:34567' };
  const url = await application.getAuthCodeUrl({
    ...request,
    state: 'kept',
    codeChallenge: challenge,
    codeChallengeMethod: 'S256',
  });

  const redirect = new URL(await authority.signInByBrowser(url, alice.username));

  assert.equal(redirect.origin, 'http://localhost:34567');
  assert.equal(redirect.searchParams.get('state'), 'kept');
  const code = redirect.searchParams.get('code') ?? '';
  const tokens = await application.acquireTokenByCode({ ...request, code, codeVerifier: verifier });
  assert.equal(tokens.account?.username, alice.username);
  assert.equal((await client.callGraph(tokens.accessToken)).status, 200);
  const silent = { account: tokens.account, scopes: ['User.Read'], forceRefresh: true };
  assert.equal((await application.acquireTokenSilent(silent)).fromCache, false);
  await proxy.stop();
});
