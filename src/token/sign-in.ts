import type { AuthenticationResult } from '@azure/msal-node';
import { deviceCodeExchange } from '../entra/device-flow.ts';
import { type EntraContext, entraFailure } from '../entra/entra-failure.ts';
import type { OAuthError } from '../entra/error-response.ts';
import { accountOfSignIn } from '../entra/response-account.ts';
import type { ResourceScopes } from '../entra/scopes.ts';
import { requestedTenant } from '../entra/tenant.ts';
import type { TokenResponse } from '../entra/token-response.ts';
import { readOwnCache } from '../msal-cache/stored-account.ts';
import { pinnedAs } from './accepted-account.ts';
import { accessTokens } from './access-tokens.ts';
import { createApplication, holdsToken } from './application.ts';
import { namesOf } from './display-names.ts';
import { NetworkClient } from './network-client.ts';
import { withNewTokens } from './refresh.ts';
import { refuseSomebodyElse, refuseWrongAccount } from './sign-in-account.ts';
import {
  type AccessToken,
  type AccessTokens,
  entraContext,
  noToken,
  notUnderstood,
  type TokenPorts,
  type TokenRequest,
} from './token-request.ts';

/** What MSAL made of a sign-in, its serialized cache, and the response that it was made of. */
export interface SignIn {
  readonly result: AuthenticationResult | null;
  readonly cache: string;
  /** Undefined where the last response held no token. */
  readonly response: TokenResponse | undefined;
}

/** A way in which a person signs in; {@link acquireTokenByDeviceCode} says what it is given. */
export type SignInFlow = (
  request: TokenRequest,
  claims: string,
  ports: TokenPorts,
  cache?: string,
) => Promise<SignIn>;

/**
 * Lets a person sign in by the device code flow.
 * @param request for the scopes of one resource
 * @param claims what a failed silent call demanded, as JSON; empty for nothing
 * @param cache of the same person's sign-in, where there is one; else the application starts empty: remains of another
 *   account must not live on
 * @param exchange answers MSAL's requests; without it the code is asked for, shown and waited for
 * @throws {Failure} and nothing was kept
 * @see https://datatracker.ietf.org/doc/html/rfc8628
 */
export async function acquireTokenByDeviceCode(
  request: TokenRequest,
  claims: string,
  ports: TokenPorts,
  cache?: string,
  exchange = deviceCodeExchange(ports.network, ports.person, request.signInTimeout, entraContext(request)),
): Promise<SignIn> {
  const { network, discovery, mask } = ports;
  const client = new NetworkClient(discovery?.forSignIn(exchange, network) ?? exchange, mask);
  const application = createApplication(request.clientId, request.authority, client, { cache });
  const result = await application
    // The exchange shows the code, and waits until it is shown; MSAL would not wait for this callback.
    .acquireTokenByDeviceCode({
      scopes: [...request.scopes],
      deviceCodeCallback: () => undefined,
      ...(claims && { claims }),
    })
    .catch((error: unknown) => {
      throw behindMsal(error, client, client.lastError, entraContext(request));
    });
  return { result, cache: application.getTokenCache().serialize(), response: client.tokenResponse };
}

/**
 * What to throw where MSAL threw during a sign-in: what its HTTP client met comes first, since MSAL's own error tells
 * neither that nor what Entra said.
 * @param answer the error that Entra answered with, if it did
 */
export function behindMsal(
  error: unknown,
  client: NetworkClient,
  answer: OAuthError | undefined,
  context: EntraContext,
): unknown {
  if (client.thrown !== undefined) return client.thrown;
  if (answer) return entraFailure(answer, 'The sign-in did not succeed.', context);
  return client.answered ? notUnderstood(error) : error;
}

/**
 * The sign-in of the person who was asked for, with the token of one resource more.
 * @param request for the scopes of one resource
 * @param earlier the sign-in that this one adds to, which must be the same person's
 * @throws {Failure} `wrong-account`; `entra-refused` when the response does not say who signed in
 */
export function tokensFromSignIn(
  { result, cache, response }: SignIn,
  { resource }: ResourceScopes,
  request: TokenRequest,
  { discovery }: TokenPorts,
  earlier?: AccessTokens,
): AccessTokens {
  if (!holdsToken(result) || !response) throw noToken();
  const { clientId, authority } = request;
  const signedIn = accountOfSignIn(response.names, authority);
  const stored = withNewTokens(readOwnCache(cache), signedIn, response, {
    clientId,
    cacheHost: authority.cacheHost,
  });
  const serialized = JSON.stringify(stored);
  const show = namesOf(serialized);
  refuseWrongAccount(signedIn, request, show);
  if (earlier) refuseSomebodyElse(signedIn, earlier.account, request, show);

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
    details: { tenant, pinned: pinnedAs(signedIn, request), discovery: discovery?.current },
    candidate: undefined,
  });
}
