import { sameHomeAccountId } from '../entra/home-account-id.ts';
import type { ResourceScopes } from '../entra/scopes.ts';
import { requestedTenant, tenantIn, unsuitableAccount } from '../entra/tenant.ts';
import { inItsSettings } from '../entra/tenant-advice.ts';
import { Failure } from '../failure.ts';
import { type Entity, type MsalCache, onlyAccount, parseMsalCache } from '../msal-cache/msal-cache.ts';
import { refreshTokensOf } from '../msal-cache/refresh-tokens.ts';
import { accountsOf, type StoredAccount } from '../msal-cache/stored-account.ts';
import { type PlainText, plain } from '../text/plain-text.ts';
import { acceptanceOf, pinnedAs } from './accepted-account.ts';
import { accessTokens } from './access-tokens.ts';
import { findCachedToken } from './cached-token.ts';
import { namesOf } from './display-names.ts';
import { holdsNoRefreshToken, type NoToken, noTokenAfter } from './no-token.ts';
import { RefreshFailed, redeemRefreshToken } from './refresh.ts';
import { refuseGuest } from './sign-in-account.ts';
import {
  type AccessToken,
  type AccessTokens,
  type Candidate,
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

/** What one candidate, or one account in it, turned out to be. */
export type SilentOutcome = LiveSignIn | NoToken;

/** What is asked for, and of whom. */
interface Session {
  readonly request: TokenRequest;
  readonly ports: TokenPorts;
}

/** One account of a cache, as far as it has come in this run. */
interface AccountState {
  readonly account: StoredAccount;
  /** Of this account alone. */
  readonly cache: MsalCache;
  readonly details: AccessTokens['details'];
}

/**
 * Tries the accounts of one candidate.
 * @throws {Failure} when it cannot be told whether the sign-in works: the network, a 5xx, throttling, a wrong app
 *   registration; or when tokens came that are not to be used
 */
export async function tryCandidate(
  candidate: Candidate,
  resources: readonly [ResourceScopes, ...ResourceScopes[]],
  request: TokenRequest,
  ports: TokenPorts,
): Promise<SilentOutcome> {
  const cache = parseMsalCache(candidate.cache);
  const accounts = accountsOf(cache);
  const reasons = accounts.map((account) => whyNot(account, candidate, request));
  const suitable = accounts.filter((_, index) => reasons[index] === undefined);
  if (suitable.length === 0)
    return { is: 'dead', reason: reasons[0] ?? plain`it holds no account of this client and authority` };

  const outcomes: SilentOutcome[] = [];
  for (const account of suitable) {
    const state = { account, cache: onlyAccount(cache, account.homeAccountId), details: candidate.details };
    const outcome = await tryAccount(state, resources, candidate, { request, ports });
    outcomes.push(outcome);
    if (isComplete(outcome)) break;
  }
  const best = outcomes.reduce(betterOrComplete);
  if (best.is === 'live' && request.account === '' && accounts.length > 1)
    ports.log.info(whoseWasTaken(best.signIn, accounts.length, request));
  return best;
}

/** Why an account of a candidate is not tried, in words; undefined when it is. */
function whyNot(
  account: StoredAccount,
  { details }: Candidate,
  request: TokenRequest,
): PlainText | undefined {
  const { authority } = request;
  const unsuitable = unsuitableAccount(authority, account.homeAccountId);
  if (unsuitable) return plain`it is of ${unsuitable}`;
  const tenant = requestedTenant(authority, account.homeAccountId, details.tenant);
  const acceptance = acceptanceOf(account, request, tenant, details.pinned);
  if (acceptance === 'other') return plain`it is of another account than the input account names`;
  return acceptance === 'guest'
    ? plain`it is of a guest of the tenant, whom a name does not identify: set account to the account id (the output account-id)`
    : undefined;
}

function whoseWasTaken(
  { account: { username, homeAccountId }, cache }: AccessTokens,
  count: number,
  { mayNamePeople }: TokenRequest,
): PlainText {
  const show = namesOf(cache);
  const whose = mayNamePeople
    ? plain`that of ${show(username)} (${show(homeAccountId)})`
    : plain`the first one that works`;
  return plain`The stored sign-in holds ${count} accounts, and ${whose} is used. To choose, set the input account.`;
}

/** Silently adds the tokens of more resources to a sign-in. */
export async function addTokens(
  signIn: AccessTokens,
  resources: readonly ResourceScopes[],
  request: TokenRequest,
  ports: TokenPorts,
): Promise<LiveSignIn> {
  if (resources.length === 0) return { is: 'live', signIn, wanting: [] };
  const cache = parseMsalCache(signIn.cache);
  const { homeAccountId } = signIn.account;
  const account = accountsOf(cache).find((one) => sameHomeAccountId(one.homeAccountId, homeAccountId));
  if (!account) throw notUnderstood(undefined);
  const state = { account, cache: onlyAccount(cache, homeAccountId), details: signIn.details };
  return addTokensOf(state, signIn, resources, { request, ports });
}

/** True for a sign-in that gave every token. */
export function isComplete(outcome: SilentOutcome): outcome is LiveSignIn {
  return outcome.is === 'live' && outcome.wanting.length === 0;
}

const worth = { live: 3, 'lacks-consent': 2, blocked: 1, dead: 0 } as const;

/** Of two that are not complete the one to go on with; the first of equals. */
export function better(one: SilentOutcome, other: SilentOutcome): SilentOutcome {
  return worth[other.is] > worth[one.is] ? other : one;
}

function betterOrComplete(one: SilentOutcome, other: SilentOutcome): SilentOutcome {
  return isComplete(other) ? other : better(one, other);
}

function tokensOfTwoTenants({ authority }: TokenRequest): Failure {
  return new Failure('entra-refused', {
    what: 'The tokens of this run are of two tenants. None was output.',
    why: 'the server named another tenant for one resource than for the one before it.',
    fix: inItsSettings('set tenant-id to the GUID of the tenant, and run again.', authority),
  });
}

async function tryAccount(
  state: AccountState,
  [first, ...others]: readonly [ResourceScopes, ...ResourceScopes[]],
  candidate: Candidate,
  session: Session,
): Promise<SilentOutcome> {
  const outcome = await tryResource(state, first, session);
  if (outcome.is !== 'token') return outcome;
  const signIn = signInOf([outcome.token], outcome, candidate);
  if (signIn.source !== 'cache') session.ports.learnt(signIn);

  const live = await addTokensOf(outcome.state, signIn, others, session);
  // A token out of the cache says nothing of its refresh token. One that gave a token just now is not dead, whatever
  // Entra asks for before it gives the next.
  const dead = live.wanting.find(({ outcome: { is } }) => is === 'dead');
  return dead && live.signIn.source === 'cache' ? dead.outcome : live;
}

async function addTokensOf(
  start: AccountState,
  signedIn: AccessTokens,
  resources: readonly ResourceScopes[],
  session: Session,
): Promise<LiveSignIn> {
  let state = start;
  let signIn = signedIn;
  const wanting: Wanting[] = [];
  for (const resource of resources) {
    const outcome = await tryResource(state, resource, session);
    if (outcome.is !== 'token') {
      wanting.push({ resource, outcome });
      continue;
    }
    if (outcome.account.tenantId !== signIn.account.tenantId) throw tokensOfTwoTenants(session.request);
    state = outcome.state;
    signIn = signInOf(
      [...signIn.tokens, outcome.token],
      { ...outcome, account: signIn.account },
      signIn.candidate,
    );
    if (outcome.token.source !== 'cache') session.ports.learnt(signIn);
  }
  return { is: 'live', signIn, wanting };
}

function signInOf(
  tokens: AccessTokens['tokens'],
  { account, state: { cache, details } }: Pick<TokenOutcome, 'account' | 'state'>,
  candidate: Candidate | undefined,
): AccessTokens {
  return accessTokens(tokens, { account, cache: JSON.stringify(cache), details, candidate });
}

interface TokenOutcome {
  readonly is: 'token';
  readonly token: AccessToken;
  readonly account: AccessTokens['account'];
  readonly state: AccountState;
}

/** The cached token of a resource, or a new one where the cached one ends too soon. */
async function tryResource(
  state: AccountState,
  resource: ResourceScopes,
  session: Session,
): Promise<TokenOutcome | NoToken> {
  const { request, ports } = session;
  const lifetime = ({ expiresOn }: { readonly expiresOn: Date }): number =>
    expiresOn.getTime() - ports.network.clock.now();

  const cached = await fromCache(state, resource, session);
  if (cached && lifetime(cached.token) >= request.minimumLifetime) return cached;
  const outcome = await refresh(state, resource, session);
  if (outcome.is === 'token' && lifetime(outcome.token) < request.minimumLifetime) {
    ports.log.warning(
      plain`The new token is valid for ${Math.floor(lifetime(outcome.token) / 60_000)} minutes, less than minimum-lifetime-minutes asks for. It is used all the same: the server gives none that lasts longer.`,
    );
  }
  return outcome;
}

async function fromCache(
  state: AccountState,
  { resource, scopes }: ResourceScopes,
  { request, ports }: Session,
): Promise<TokenOutcome | undefined> {
  const { account, cache, details } = state;
  const cached = await findCachedToken(account, scopes, cache, { ...request, named: details.tenant });
  if (!cached) return undefined;
  ports.mask(cached.accessToken);
  const { accessToken: token, expiresOn, scopes: granted, realm } = cached;
  const tenantId = request.authority.wellKnown ? realm.toLowerCase() : (details.tenant ?? tenantIn(realm));
  return {
    is: 'token',
    token: { resource, token, expiresOn, scopes: granted, source: 'cache' },
    account: { ...account, tenantId },
    state: { ...state, details: { ...details, pinned: pinnedAs(account, request) ?? details.pinned } },
  };
}

// More than programs that share a cache leave in it; each costs a request.
const mostRefreshTokens = 10;

/** Redeems the account's refresh token; where it is not known which of several is the newest, each until one works. */
async function refresh(
  state: AccountState,
  resource: ResourceScopes,
  session: Session,
): Promise<TokenOutcome | NoToken> {
  let outcome: TokenOutcome | NoToken = holdsNoRefreshToken;
  const refreshTokens = refreshTokensOf(state.cache, state.account.homeAccountId);
  for (const refreshToken of refreshTokens.slice(0, mostRefreshTokens)) {
    outcome = await redeem(refreshToken, state, resource, session);
    if (outcome.is !== 'dead') return outcome;
  }
  return outcome;
}

async function redeem(
  refreshToken: Entity,
  { account, cache, details }: AccountState,
  resource: ResourceScopes,
  { request, ports }: Session,
): Promise<TokenOutcome | NoToken> {
  try {
    const known = { account, cache, named: details.tenant };
    const renewed = await redeemRefreshToken(
      refreshToken,
      known,
      { ...request, scopes: resource.scopes },
      ports,
    );
    const tenant = renewed.account.tenant ?? details.tenant;
    const of = tenant ?? requestedTenant(request.authority, account.homeAccountId, undefined);
    refuseGuest(account, of, request, details.pinned);
    const { homeAccountId, username } = renewed.account;
    const { accessToken: token, expiresOn, scopes } = renewed.result;
    const tenantId = of ?? '';
    return {
      is: 'token',
      token: { resource: resource.resource, token, expiresOn, scopes, source: 'refresh' },
      account: { homeAccountId, username, tenantId },
      state: {
        account: { homeAccountId, username },
        cache: renewed.cache,
        details: {
          ...details,
          tenant,
          pinned: pinnedAs(account, request) ?? details.pinned,
          discovery: ports.discovery?.current ?? details.discovery,
        },
      },
    };
  } catch (error) {
    if (error instanceof RefreshFailed) return noTokenAfter(error, resource, request);
    throw error;
  }
}
