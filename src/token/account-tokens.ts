import { pinnedAs } from '../entra/accepted-account.ts';
import { sameHomeAccountId } from '../entra/home-account-id.ts';
import { tokensOfTwoTenants } from '../entra/response-account.ts';
import type { ResourceScopes } from '../entra/scopes.ts';
import { refuseGuest } from '../entra/sign-in-account.ts';
import { requestedTenant, tenantIn } from '../entra/tenant.ts';
import { unexpectedResponse } from '../entra/unexpected-response.ts';
import { type Entity, type MsalCache, onlyAccount, parseMsalCache } from '../msal-cache/msal-cache.ts';
import { refreshTokensOf } from '../msal-cache/refresh-tokens.ts';
import { accountsOf, type StoredAccount } from '../msal-cache/stored-account.ts';
import { type AccessToken, type AccessTokens, accessTokens } from './access-tokens.ts';
import { findCachedToken } from './cached-token.ts';
import { type NoToken, noTokenAfter, noUsableRefreshToken } from './no-token.ts';
import { RefreshFailed, redeemRefreshToken } from './refresh.ts';
import { newlyObtained, type Obtained } from './token-outcome.ts';
import type { TokenSession } from './token-ports.ts';
import type { Candidate } from './token-request.ts';

/** A sign-in that works, and the resources for which it needs a person once more. */
export interface WorkingSignIn {
  readonly kind: 'works';
  readonly signIn: AccessTokens;
  readonly missing: readonly MissingToken[];
  /** What must be stored if nothing more comes of it. */
  readonly obtained: Obtained;
}

/** A resource for which a sign-in has no token. */
export interface MissingToken {
  readonly resource: ResourceScopes;
  readonly outcome: NoToken;
}

/** It is unknown whether the sign-in works, or its tokens must not be used. */
export interface FailedAccount {
  readonly kind: 'failed';
  readonly error: unknown;
  readonly obtained: Obtained;
}

/** What one account of a stored sign-in turned out to be. */
export type AccountOutcome = WorkingSignIn | NoToken | FailedAccount;

/** One account of a cache, as it is now in this run. */
interface AccountState {
  readonly account: StoredAccount;
  /** Of this account alone. */
  readonly cache: MsalCache;
  readonly details: AccessTokens['details'];
}

/** True for a sign-in that gave every token. */
export function isComplete(
  outcome: AccountOutcome,
): outcome is WorkingSignIn & { readonly missing: readonly [] } {
  return outcome.kind === 'works' && outcome.missing.length === 0;
}

/** Obtains the tokens of an account for each resource: cached, or refreshed where they must be. */
export async function acquireAccountTokens(
  { candidate, ...state }: AccountState & { readonly candidate: Candidate },
  [first, ...others]: readonly [ResourceScopes, ...ResourceScopes[]],
  session: TokenSession,
): Promise<AccountOutcome> {
  const outcome = await tryResource(state, first, session);
  if (outcome.kind !== 'token') return outcome;
  const signIn = signInOf([outcome.token], outcome, candidate);
  const works = await addTokensOf(outcome.state, { signIn, resources: others }, session);
  if (works.kind === 'failed') return works;
  // A cached token says nothing about the refresh token. A sign-in that just gave a token has not expired, whatever Entra
  // asks for before it gives the next.
  const expired = works.missing.find(({ outcome: { kind } }) => kind === 'expired');
  return expired && works.signIn.source === 'cache' ? expired.outcome : works;
}

/** Silently adds the tokens of more resources to a sign-in. */
export async function addTokens(
  signIn: AccessTokens,
  resources: readonly ResourceScopes[],
  session: TokenSession,
): Promise<WorkingSignIn | FailedAccount> {
  if (resources.length === 0) return { kind: 'works', signIn, missing: [], obtained: newlyObtained(signIn) };
  const cache = parseMsalCache(signIn.cache);
  const { homeAccountId } = signIn.account;
  const account = accountsOf(cache).find((one) => sameHomeAccountId(one.homeAccountId, homeAccountId));
  if (!account) throw unexpectedResponse(undefined);
  const state = { account, cache: onlyAccount(cache, homeAccountId), details: signIn.details };
  return addTokensOf(state, { signIn, resources }, session);
}

async function addTokensOf(
  start: AccountState,
  wanted: { readonly signIn: AccessTokens; readonly resources: readonly ResourceScopes[] },
  session: TokenSession,
): Promise<WorkingSignIn | FailedAccount> {
  let state = start;
  let { signIn } = wanted;
  const missing: MissingToken[] = [];
  for (const resource of wanted.resources) {
    const outcome = await tryResource(state, resource, session);
    if (outcome.kind === 'failed') return { ...outcome, obtained: newlyObtained(signIn) };
    if (outcome.kind !== 'token') {
      missing.push({ resource, outcome });
      continue;
    }
    if (outcome.account.tenantId !== signIn.account.tenantId) {
      const error = tokensOfTwoTenants(session.request.authority);
      return { kind: 'failed', error, obtained: newlyObtained(signIn) };
    }
    state = outcome.state;
    signIn = signInOf(
      [...signIn.tokens, outcome.token],
      { ...outcome, account: signIn.account },
      signIn.candidate,
    );
  }
  return { kind: 'works', signIn, missing, obtained: newlyObtained(signIn) };
}

function signInOf(
  tokens: AccessTokens['tokens'],
  { account, state: { cache, details } }: Pick<ObtainedToken, 'account' | 'state'>,
  candidate: Candidate | undefined,
): AccessTokens {
  return accessTokens(tokens, { account, cache: JSON.stringify(cache), details, candidate });
}

interface ObtainedToken {
  readonly kind: 'token';
  readonly token: AccessToken;
  readonly account: AccessTokens['account'];
  readonly state: AccountState;
}

/** The cached token of a resource, or a new one where the cached one expires too soon. */
async function tryResource(
  state: AccountState,
  resource: ResourceScopes,
  session: TokenSession,
): Promise<ObtainedToken | NoToken | FailedAccount> {
  const { request, ports } = session;
  const lifetime = ({ expiresOn }: { readonly expiresOn: Date }): number =>
    expiresOn.getTime() - ports.network.clock.now();
  try {
    const cached = await fromCache(state, resource, session);
    if (cached && lifetime(cached.token) >= request.minimumLifetime) return cached;
    const outcome = await refresh(state, resource, session);
    if (outcome.kind === 'token' && lifetime(outcome.token) < request.minimumLifetime)
      ports.events.onShortLifetime(lifetime(outcome.token));
    return outcome;
  } catch (error) {
    return { kind: 'failed', error, obtained: undefined };
  }
}

async function fromCache(
  state: AccountState,
  { resource, scopes }: ResourceScopes,
  { request, ports }: TokenSession,
): Promise<ObtainedToken | undefined> {
  const { account, cache, details } = state;
  const { clientId, authority } = request;
  const lookup = { clientId, authority, scopes, named: details.tenant };
  const cached = await findCachedToken(account, cache, lookup);
  if (!cached) return undefined;
  ports.mask(cached.accessToken);
  const { accessToken: token, expiresOn, scopes: granted, realm } = cached;
  const tenantId = authority.wellKnown ? realm.toLowerCase() : (details.tenant ?? tenantIn(realm));
  return {
    kind: 'token',
    token: { resource, token, expiresOn, scopes: granted, source: 'cache' },
    account: { ...account, tenantId },
    state: { ...state, details: { ...details, pinned: pinnedAs(account, request) ?? details.pinned } },
  };
}

// Programs that share a cache leave fewer in it; each costs a request.
const mostRefreshTokens = 10;

/** Redeems the account's refresh token; where it is not known which of several is the newest, each until one works. */
async function refresh(
  state: AccountState,
  resource: ResourceScopes,
  session: TokenSession,
): Promise<ObtainedToken | NoToken> {
  let outcome: ObtainedToken | NoToken = noUsableRefreshToken;
  const refreshTokens = refreshTokensOf(state.cache, state.account.homeAccountId);
  for (const refreshToken of refreshTokens.slice(0, mostRefreshTokens)) {
    outcome = await redeem({ ...state, refreshToken }, resource, session);
    if (outcome.kind !== 'expired') return outcome;
  }
  return outcome;
}

async function redeem(
  { account, cache, details, refreshToken }: AccountState & { readonly refreshToken: Entity },
  { resource, scopes }: ResourceScopes,
  { request, ports }: TokenSession,
): Promise<ObtainedToken | NoToken> {
  try {
    const known = { refreshToken, account, cache, named: details.tenant };
    const refreshed = await redeemRefreshToken(known, { ...request, scopes }, ports);
    const tenant = refreshed.account.tenant ?? details.tenant;
    const tokenTenant = tenant ?? requestedTenant(request.authority, account.homeAccountId, undefined);
    refuseGuest({ account, tenant: tokenTenant, pinned: details.pinned }, request);
    const { homeAccountId, username } = refreshed.account;
    const { accessToken: token, expiresOn, scopes: granted } = refreshed.result;
    return {
      kind: 'token',
      token: { resource, token, expiresOn, scopes: granted, source: 'refresh' },
      account: { homeAccountId, username, tenantId: tokenTenant ?? '' },
      state: {
        account: { homeAccountId, username },
        cache: refreshed.cache,
        details: {
          ...details,
          tenant,
          pinned: pinnedAs(account, request) ?? details.pinned,
          discovery: ports.discovery?.current ?? details.discovery,
        },
      },
    };
  } catch (error) {
    if (error instanceof RefreshFailed) return noTokenAfter(error, { resource, scopes }, request);
    throw error;
  }
}
