import { PublicClientApplication } from '@azure/msal-node';
import { alice, multiTenantApp, sandboxTenant } from '../../sandbox/authority/directory.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { NetworkClient } from '../../src/token/network-client.ts';

/** The serialized cache of a sign-in that some other program made with MSAL. */
export async function seededCache(sandbox: Sandbox, username = alice.username): Promise<string> {
  const networkClient = new NetworkClient(
    ({ url, headers, body }) => sandbox.askAuthority(new URL(url), { headers, body }),
    () => undefined,
  );
  const application = new PublicClientApplication({
    auth: {
      clientId: multiTenantApp.clientId,
      authority: `https://login.microsoftonline.com/${sandboxTenant.id}`,
    },
    system: { networkClient },
  });
  await application.acquireTokenByDeviceCode({
    scopes: ['User.Read'],
    deviceCodeCallback: ({ userCode }) => void sandbox.authority.signIn(userCode, username),
  });
  return application.getTokenCache().serialize();
}
