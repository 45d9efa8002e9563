import assert from 'node:assert/strict';
import type { AuthenticationResult } from '@azure/msal-node';
import { cloudAuthority } from '../../../src/entra/authority.ts';
import type { HttpResponse } from '../../../src/http/transport.ts';
import type { MsalCache } from '../../../src/msal-cache/msal-cache.ts';
import { createApplication } from '../../../src/token/application.ts';
import { NetworkClient } from '../../../src/token/network-client.ts';
import { contoso } from './people.ts';
import { clientId } from './request.ts';

/** The token that MSAL Node takes for the first account of a cache, and what it sent for it. */
export async function silentWithMsalNode(
  cache: MsalCache,
  answer?: HttpResponse,
): Promise<{ result: AuthenticationResult; sent: readonly URLSearchParams[] }> {
  const sent: URLSearchParams[] = [];
  const network = new NetworkClient(
    async ({ body }) => {
      sent.push(new URLSearchParams(body));
      return answer ?? assert.fail('no request was expected');
    },
    () => undefined,
  );
  const application = createApplication({ clientId, authority: cloudAuthority('public', contoso) }, network, {
    cache: JSON.stringify(cache),
  });
  const [account] = await application.getTokenCache().getAllAccounts();
  assert.ok(account, 'MSAL Node sees no account');
  const result = await application.acquireTokenSilent({ account, scopes: ['User.Read'] });
  application.getTokenCache().serialize();
  return { result, sent };
}
