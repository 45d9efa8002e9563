import type { AuthenticationResult, PublicClientApplication } from '@azure/msal-node';
import { pinnedAs } from '../entra/accepted-account.ts';
import { deviceCodeExchange } from '../entra/device-flow.ts';
import { accountOfSignIn } from '../entra/response-account.ts';
import type { ResourceScopes } from '../entra/scopes.ts';
import { refuseSomebodyElse, refuseWrongAccount } from '../entra/sign-in-account.ts';
import { requestedTenant } from '../entra/tenant.ts';
import { withoutToken } from '../entra/unexpected-response.ts';
import { parseOwnCache } from '../msal-cache/stored-account.ts';
import { type AccessToken, type AccessTokens, accessTokens } from './access-tokens.ts';
import { createApplication, holdsToken } from './application.ts';
import { namesOf } from './display-names.ts';
import { signInFailure } from './failure-behind-msal.ts';
import { NetworkClient } from './network-client.ts';
import { withNewTokens } from './refresh.ts';
import type { CompletedSignIn, TokenPorts, TokenSession, WantedSignIn } from './token-ports.ts';

/**
 * Lets a person sign in by the device code flow.
 * @param exchange sends MSAL's requests; without it the code is asked for, shown and waited for
 * @throws {Failure} and nothing was stored
 * @see https://datatracker.ietf.org/doc/html/rfc8628
 */
export async function acquireTokenByDeviceCode(
  { request, claims, cache }: WantedSignIn,
  { network, discovery, mask, person }: TokenPorts,
  exchange = deviceCodeExchange(network, person, { context: request, timeout: request.signInTimeout }),
): Promise<CompletedSignIn> {
  const client = new NetworkClient(discovery?.forSignIn(exchange, network) ?? exchange, mask);
  const application = createApplication(request, client, { cache });
  const result = await application
    // The exchange shows the code, and waits until it is shown; MSAL would not wait for this callback.
    .acquireTokenByDeviceCode({
      scopes: [...request.scopes],
      deviceCodeCallback: () => undefined,
      ...(claims && { claims }),
    })
    .catch((error: unknown) => {
      throw signInFailure(error, client, request);
    });
  return completedSignIn(result, application, client);
}

/** What MSAL made of a sign-in. */
export function completedSignIn(
  result: AuthenticationResult | null,
  application: PublicClientApplication,
  { tokenResponse: response }: NetworkClient,
): CompletedSignIn {
  return { kind: 'signed-in', result, cache: application.getTokenCache().serialize(), response };
}

interface SignInOfResource {
  readonly resource: ResourceScopes;
  /** The sign-in that this one adds to, which must be the same person's. */
  readonly earlier: AccessTokens | undefined;
}

/**
 * The sign-in of the person who was asked for, with the token of one resource more.
 * @throws {Failure} `wrong-account`; `entra-refused` when the response does not say who signed in
 */
export function tokensFromSignIn(
  { result, cache, response }: CompletedSignIn,
  { resource: { resource }, earlier }: SignInOfResource,
  { request, ports }: TokenSession,
): AccessTokens {
  if (!holdsToken(result) || !response) throw withoutToken();
  const { clientId, authority } = request;
  const signedIn = accountOfSignIn(response.names, authority);
  const { refreshToken } = response;
  const { cacheHost } = authority;
  const stored = withNewTokens(parseOwnCache(cache), { ...signedIn, refreshToken }, { clientId, cacheHost });
  const serialized = JSON.stringify(stored);
  const show = namesOf(serialized);
  refuseWrongAccount(signedIn, request, show);
  if (earlier) refuseSomebodyElse({ signedIn, first: earlier.account }, request, show);

  const { homeAccountId, username, tenant } = signedIn;
  const token: AccessToken = {
    resource,
    token: result.accessToken,
    expiresOn: result.expiresOn,
    scopes: result.scopes,
    source: 'sign-in',
  };
  const tenantId = tenant ?? requestedTenant(authority, homeAccountId, undefined) ?? '';
  return accessTokens(earlier ? [...earlier.tokens, token] : [token], {
    account: earlier?.account ?? { homeAccountId, username, tenantId },
    cache: serialized,
    details: { tenant, pinned: pinnedAs(signedIn, request), discovery: ports.discovery?.current },
    candidate: undefined,
  });
}
