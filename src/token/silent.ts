import type { AccountInfo, PublicClientApplication } from '@azure/msal-node';
import { Failure } from '../failure.ts';
import { createApplication, holdsToken, type TokenResult } from './application.ts';
import type { OAuthError } from './entra-answer.ts';
import { entraFailure, meaningOf } from './entra-failure.ts';
import { NetworkClient } from './network-client.ts';
import { retrying } from './retry.ts';
import {
  type AccessToken,
  type Candidate,
  entraContext,
  isAccepted,
  noToken,
  notUnderstood,
  type TokenPorts,
  type TokenRequest,
} from './token-request.ts';

/** What one candidate, or one account in it, turned out to be. */
export type SilentOutcome =
  | { readonly is: 'live'; readonly token: AccessToken }
  /** The sign-in lives, but does not cover the scopes. */
  | { readonly is: 'lacks-consent'; readonly error: OAuthError }
  | { readonly is: 'dead'; readonly reason: string; readonly claims?: string };

/**
 * Tries the accounts of one candidate.
 * @throws {Failure} when it cannot be told whether the sign-in lives: the network, a 5xx, throttling, a wrong app registration
 */
export async function tryCandidate(
  candidate: Candidate,
  request: TokenRequest,
  ports: TokenPorts,
): Promise<SilentOutcome> {
  const client = new NetworkClient(retrying(ports.network), ports.mask);
  const application = createApplication(request.clientId, request.authority, client, candidate.cache);
  const accounts = await application.getTokenCache().getAllAccounts();
  const accepted = accounts.filter((account) => isAccepted(account, request.account));
  if (accepted.length === 0) {
    return {
      is: 'dead',
      reason:
        accounts.length > 0
          ? 'it is of another account than the input account names'
          : 'it holds no account of this client and authority',
    };
  }

  const outcomes: SilentOutcome[] = [];
  for (const account of accepted) {
    const outcome = await tryAccount(account, application, client, candidate, request, ports);
    if (outcome.is === 'live') return outcome;
    outcomes.push(outcome);
  }
  return (
    outcomes.find(({ is }) => is === 'lacks-consent') ?? outcomes[0] ?? { is: 'dead', reason: 'it is empty' }
  );
}

async function tryAccount(
  account: AccountInfo,
  application: PublicClientApplication,
  client: NetworkClient,
  candidate: Candidate,
  request: TokenRequest,
  ports: TokenPorts,
): Promise<SilentOutcome> {
  const requestsBefore = client.tokenRequests;
  client.lastError = undefined;
  try {
    const result = await acquire(account, application, request, ports);
    const token: AccessToken = {
      token: result.accessToken,
      expiresOn: result.expiresOn,
      account: {
        username: result.account.username,
        homeAccountId: result.account.homeAccountId,
        tenantId: result.tenantId || result.account.tenantId,
      },
      scopes: result.scopes,
      source: client.tokenRequests > requestsBefore ? 'refresh' : 'cache',
      cache: application.getTokenCache().serialize(),
      candidate,
    };
    return { is: 'live', token };
  } catch (error) {
    return outcomeOf(error, client, request);
  }
}

/** The cached token, or a new one where the cached one ends too soon. */
async function acquire(
  account: AccountInfo,
  application: PublicClientApplication,
  request: TokenRequest,
  { network, mask, log }: TokenPorts,
): Promise<TokenResult> {
  const silent = async (forceRefresh: boolean): Promise<TokenResult> => {
    const result = await application.acquireTokenSilent({
      account,
      scopes: [...request.scopes],
      forceRefresh,
    });
    if (!holdsToken(result)) throw noToken();
    mask(result.accessToken);
    return result;
  };
  const lifetime = ({ expiresOn }: TokenResult): number => expiresOn.getTime() - network.clock.now();

  const cached = await silent(false);
  if (lifetime(cached) >= request.minimumLifetime) return cached;
  const renewed = cached.fromCache ? await silent(true) : cached;
  if (lifetime(renewed) < request.minimumLifetime) {
    log.warning(
      `The new token is valid for ${Math.floor(lifetime(renewed) / 60_000)} minutes, less than minimum-lifetime-minutes asks for. It is used all the same: Entra gives none that lasts longer.`,
    );
  }
  return renewed;
}

// The errors after which only a person can go on (OAuth, OpenID Connect, and MSAL's own when a cache holds no refresh token).
const needsPerson = new Set(['invalid_grant', 'interaction_required', 'login_required', 'consent_required']);

function outcomeOf(error: unknown, client: NetworkClient, request: TokenRequest): SilentOutcome {
  if (error instanceof Failure) throw error;
  if (client.thrown !== undefined) throw client.thrown;

  const answer = client.lastError;
  if (answer) {
    if (!needsPerson.has(answer.error))
      throw entraFailure(answer, 'Microsoft Entra refused the request for a token.', entraContext(request));
    if (
      answer.suberror === 'consent_required' ||
      answer.error === 'consent_required' ||
      answer.codes.includes(65001)
    ) {
      return { is: 'lacks-consent', error: answer };
    }
    return { is: 'dead', reason: meaningOf(answer), claims: answer.claims };
  }
  if (error instanceof Error && error.name === 'InteractionRequiredAuthError')
    return { is: 'dead', reason: 'it holds no usable refresh token' };
  throw client.answered ? notUnderstood(error) : error;
}
