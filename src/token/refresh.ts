import type { AccountInfo } from '@azure/msal-node';
import type { Authority } from '../entra/authority.ts';
import { createRetryingExchange } from '../entra/exchange.ts';
import { accountOfRefresh, type ResponseAccount } from '../entra/response-account.ts';
import { requestedTenant } from '../entra/tenant.ts';
import { type IdTokenClaims, readIdToken, type TokenResponse } from '../entra/token-response.ts';
import { withoutToken } from '../entra/unexpected-response.ts';
import { Failure } from '../failure.ts';
import { type Entity, field, type MsalCache } from '../msal-cache/msal-cache.ts';
import {
  assignTo,
  entriesOf,
  parseOwnCache,
  type StoredAccount,
  withRefreshTokens,
} from '../msal-cache/stored-account.ts';
import { createApplication, holdsToken, type TokenResult } from './application.ts';
import { NetworkClient } from './network-client.ts';
import type { TokenPorts } from './token-ports.ts';
import type { TokenRequest } from './token-request.ts';

/** What is known of an account before its refresh token is redeemed. */
interface KnownAccount {
  readonly refreshToken: Entity;
  readonly account: StoredAccount;
  /** Of this account alone. */
  readonly cache: MsalCache;
  /** The tenant that this authority's own responses have named. */
  readonly named: string | undefined;
}

/** New tokens of an account. */
export interface Refreshed {
  readonly result: TokenResult;
  readonly account: ResponseAccount;
  /** The account's cache, with what is new in it. */
  readonly cache: MsalCache;
}

/** What MSAL threw in place of new tokens, and the HTTP client that saw why. */
export class RefreshFailed extends Error {
  override readonly name = 'RefreshFailed';
  readonly client: NetworkClient;

  constructor(client: NetworkClient, cause: unknown) {
    super('the refresh gave no tokens', { cause });
    this.client = client;
  }
}

/**
 * Lets MSAL redeem one refresh token of an account for a resource.
 * @param request for the scopes of one resource
 * @throws {RefreshFailed} when there are no new tokens
 * @throws {Failure} when the response is not that account's, or the server could not be used
 */
export async function redeemRefreshToken(
  { refreshToken, account, cache, named }: KnownAccount,
  { clientId, authority, scopes }: Pick<TokenRequest, 'clientId' | 'authority' | 'scopes'>,
  { network, mask, discovery }: TokenPorts,
): Promise<Refreshed> {
  const client = new NetworkClient(discovery?.forRefresh(network) ?? createRetryingExchange(network), mask);
  const application = createApplication({ clientId, authority }, client, {
    cache: JSON.stringify(withRefreshTokens(cache, [refreshToken], { clientId, ...authority })),
  });
  const result = await application
    .acquireTokenSilent({
      account: accountInfo(account, authority, named),
      scopes: [...scopes],
      forceRefresh: true,
    })
    .catch((error: unknown) => {
      throw error instanceof Failure ? error : new RefreshFailed(client, error);
    });
  const response = client.tokenResponse;
  if (!holdsToken(result) || !response) throw withoutToken();
  const whose = accountOfRefresh(
    response.names,
    { asked: account, stored: storedClaims(cache, account) },
    authority,
  );
  const serialized = parseOwnCache(application.getTokenCache().serialize());
  return {
    result,
    account: whose,
    cache: withNewTokens(
      serialized,
      { ...whose, refreshToken: response.refreshToken },
      { clientId, cacheHost: authority.cacheHost },
    ),
  };
}

/** What MSAL made of a token response, filed under the account whose tokens they are. */
export function withNewTokens(
  cache: MsalCache,
  { refreshToken, ...account }: StoredAccount & Pick<TokenResponse, 'refreshToken'>,
  { clientId, cacheHost }: { readonly clientId: string; readonly cacheHost: string },
): MsalCache {
  const assigned = assignTo(
    { homeAccountId: account.homeAccountId, username: account.username },
    cache,
    cacheHost,
  );
  if (refreshToken === '') return assigned;
  // MSAL drops it where it does not find the account that it was asked for.
  const renewed = {
    home_account_id: account.homeAccountId,
    environment: cacheHost,
    credential_type: 'RefreshToken',
    client_id: clientId,
    secret: refreshToken,
  };
  return withRefreshTokens(assigned, [renewed], { clientId, cacheHost });
}

function accountInfo(
  { homeAccountId, username }: StoredAccount,
  authority: Authority,
  named: string | undefined,
): AccountInfo {
  const tenantId = requestedTenant(authority, homeAccountId, named) ?? authority.tenant;
  return { homeAccountId, environment: authority.cacheHost, tenantId, username, localAccountId: '' };
}

function storedClaims({ IdToken }: MsalCache, { homeAccountId }: StoredAccount): readonly IdTokenClaims[] {
  return entriesOf(IdToken, homeAccountId).flatMap((token) => {
    const { claims } = readIdToken(field(token, 'secret'));
    return claims.kind === 'value' ? [claims.value] : [];
  });
}
