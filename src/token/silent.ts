import type { AccountInfo, PublicClientApplication } from '@azure/msal-node';
import { Failure } from '../failure.ts';
import { accessTokenOf, accessTokens, accountOf } from './access-tokens.ts';
import { createApplication, holdsToken, type TokenResult } from './application.ts';
import type { OAuthError } from './entra-answer.ts';
import { entraFailure, meaningOf } from './entra-failure.ts';
import { NetworkClient } from './network-client.ts';
import { retrying } from './retry.ts';
import type { ResourceScopes } from './scopes.ts';
import {
  type AccessToken,
  type AccessTokens,
  type Candidate,
  entraContext,
  isAccepted,
  noToken,
  notUnderstood,
  type TokenPorts,
  type TokenRequest,
} from './token-request.ts';

/** A sign-in that lives, and the resources for which it needs a person once more. */
export interface LiveSignIn {
  readonly is: 'live';
  readonly signIn: AccessTokens;
  readonly wanting: readonly Wanting[];
}

/** A resource for which a sign-in has no token. */
export interface Wanting {
  readonly resource: ResourceScopes;
  readonly outcome: NoToken;
}

export type NoToken =
  /** The sign-in lives, but does not cover the scopes. */
  | { readonly is: 'lacks-consent'; readonly error: OAuthError }
  | { readonly is: 'dead'; readonly reason: string; readonly claims?: string };

/** What one candidate, or one account in it, turned out to be. */
export type SilentOutcome = LiveSignIn | NoToken;

/** MSAL with one cache, for as long as tokens are taken from it. */
interface Session {
  readonly application: PublicClientApplication;
  readonly client: NetworkClient;
  readonly request: TokenRequest;
  readonly ports: TokenPorts;
}

/**
 * Tries the accounts of one candidate.
 * @throws {Failure} when it cannot be told whether the sign-in lives: the network, a 5xx, throttling, a wrong app registration
 */
export async function tryCandidate(
  candidate: Candidate,
  resources: readonly [ResourceScopes, ...ResourceScopes[]],
  request: TokenRequest,
  ports: TokenPorts,
): Promise<SilentOutcome> {
  const session = openSession(candidate.cache, request, ports);
  const accounts = await session.application.getTokenCache().getAllAccounts();
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
    const outcome = await tryAccount(account, resources, candidate, session);
    if (isComplete(outcome)) return outcome;
    outcomes.push(outcome);
  }
  return outcomes.reduce(better);
}

/** Silently adds the tokens of more resources to a sign-in. */
export async function addTokens(
  signIn: AccessTokens,
  resources: readonly ResourceScopes[],
  request: TokenRequest,
  ports: TokenPorts,
): Promise<LiveSignIn> {
  if (resources.length === 0) return { is: 'live', signIn, wanting: [] };
  const session = openSession(signIn.cache, request, ports);
  const accounts = await session.application.getTokenCache().getAllAccounts();
  const account = accounts.find(({ homeAccountId }) => homeAccountId === signIn.account.homeAccountId);
  if (!account) throw notUnderstood(undefined);
  return addTokensOf(account, signIn, resources, session);
}

/** True for a sign-in that gave every token. */
export function isComplete(outcome: SilentOutcome): outcome is LiveSignIn {
  return outcome.is === 'live' && outcome.wanting.length === 0;
}

const worth = { live: 2, 'lacks-consent': 1, dead: 0 } as const;

/** Of two that are not complete the one to go on with; the first of equals. */
export function better(one: SilentOutcome, other: SilentOutcome): SilentOutcome {
  return worth[other.is] > worth[one.is] ? other : one;
}

function openSession(cache: string, request: TokenRequest, ports: TokenPorts): Session {
  const client = new NetworkClient(retrying(ports.network), ports.mask);
  const application = createApplication(request.clientId, request.authority, client, cache);
  return { application, client, request, ports };
}

async function tryAccount(
  account: AccountInfo,
  [first, ...others]: readonly [ResourceScopes, ...ResourceScopes[]],
  candidate: Candidate,
  session: Session,
): Promise<SilentOutcome> {
  const outcome = await tryResource(account, first, session);
  if (outcome.is !== 'token') return outcome;
  const signIn = accessTokens([outcome.token], { ...outcome, candidate });
  if (signIn.source !== 'cache') session.ports.learnt(signIn);

  const live = await addTokensOf(account, signIn, others, session);
  // A token out of the cache says nothing of its refresh token. One that gave a token just now is not dead, whatever
  // Entra asks for before it gives the next.
  const dead = live.wanting.find(({ outcome: { is } }) => is === 'dead');
  return dead && live.signIn.source === 'cache' ? dead.outcome : live;
}

async function addTokensOf(
  account: AccountInfo,
  start: AccessTokens,
  resources: readonly ResourceScopes[],
  session: Session,
): Promise<LiveSignIn> {
  let signIn = start;
  const wanting: Wanting[] = [];
  for (const resource of resources) {
    const outcome = await tryResource(account, resource, session);
    if (outcome.is !== 'token') {
      wanting.push({ resource, outcome });
      continue;
    }
    signIn = accessTokens([...signIn.tokens, outcome.token], { ...signIn, cache: outcome.cache });
    if (outcome.token.source !== 'cache') session.ports.learnt(signIn);
  }
  return { is: 'live', signIn, wanting };
}

type ResourceOutcome =
  | ({ readonly is: 'token'; readonly token: AccessToken } & Pick<AccessTokens, 'account' | 'cache'>)
  | NoToken;

async function tryResource(
  account: AccountInfo,
  resource: ResourceScopes,
  { application, client, request, ports }: Session,
): Promise<ResourceOutcome> {
  const requestsBefore = client.tokenRequests;
  client.lastError = undefined;
  try {
    const result = await acquire(account, application, { ...request, scopes: resource.scopes }, ports);
    const source = client.tokenRequests > requestsBefore ? 'refresh' : 'cache';
    return {
      is: 'token',
      token: accessTokenOf(result, resource, source),
      account: accountOf(result),
      cache: application.getTokenCache().serialize(),
    };
  } catch (error) {
    return outcomeOf(error, client, request, resource);
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

function outcomeOf(
  error: unknown,
  client: NetworkClient,
  request: TokenRequest,
  { scopes }: ResourceScopes,
): NoToken {
  if (error instanceof Failure) throw error;
  if (client.thrown !== undefined) throw client.thrown;

  const answer = client.lastError;
  if (answer) {
    if (!needsPerson.has(answer.error))
      throw entraFailure(
        answer,
        `Microsoft Entra refused the request for a token for ${scopes.join(' ')}.`,
        entraContext(request),
      );
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
