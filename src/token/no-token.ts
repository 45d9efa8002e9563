import { entraFailure, meaningOf } from '../entra/entra-failure.ts';
import type { OAuthError } from '../entra/error-response.ts';
import type { ResourceScopes } from '../entra/scopes.ts';
import { serverNameFirst } from '../entra/server-name.ts';
import { verdictOf } from '../entra/sign-in-verdict.ts';
import { Failure } from '../failure.ts';
import { type PlainText, plain } from '../text/plain-text.ts';
import type { RefreshFailed } from './refresh.ts';
import { entraContext, notUnderstood, type TokenRequest } from './token-request.ts';

/** Why a sign-in gave no token for a resource. */
export type NoToken =
  /** The sign-in works, but does not cover the scopes. */
  | { readonly is: 'lacks-consent'; readonly error: OAuthError }
  /** A policy, or the state of the account, keeps it from being used here and now. */
  | { readonly is: 'blocked'; readonly error: OAuthError }
  /** Only a new sign-in helps. */
  | { readonly is: 'dead'; readonly reason: PlainText; readonly claims?: string };

export const holdsNoRefreshToken: NoToken = { is: 'dead', reason: plain`it holds no usable refresh token` };

/**
 * What it says of a sign-in that MSAL could not redeem its refresh token.
 * @throws {Failure} when it says nothing of the sign-in
 */
export function noTokenAfter(
  { client, cause }: RefreshFailed,
  { scopes }: ResourceScopes,
  request: TokenRequest,
): NoToken {
  if (client.thrown !== undefined) throw client.thrown;
  const error = client.lastError;
  if (!error) {
    // MSAL's own, before it asks: the cache holds no refresh token, or one whose stated lifetime is over.
    if (cause instanceof Error && cause.name === 'InteractionRequiredAuthError') return holdsNoRefreshToken;
    throw client.answered ? notUnderstood(cause) : cause;
  }
  const { is } = verdictOf(error);
  if (is === 'lacks-consent' || is === 'blocked') return { is, error };
  if (is === 'expired-or-revoked') return { is: 'dead', reason: meaningOf(error), claims: error.claims };
  const server = serverNameFirst(request.authority.url);
  throw entraFailure(
    error,
    `${server} refused the request for a token for ${scopes.join(' ')}.`,
    entraContext(request),
  );
}

/** Why a sign-in gave no token, in words. */
export function reasonIn(outcome: NoToken): PlainText {
  return outcome.is === 'dead' ? outcome.reason : meaningOf(outcome.error);
}

/** The failure of a run in which nobody can be asked, where a sign-in would not help either. */
export function refusedSignIn(error: OAuthError, request: TokenRequest): Failure {
  const server = serverNameFirst(request.authority.url);
  const failure = entraFailure(error, `${server} refused the stored sign-in.`, entraContext(request));
  if (isRefusalCode(failure.code)) return failure;
  // Nobody was asked, so nobody has declined.
  return new Failure('blocked-by-policy', {
    ...failure.explanation,
    why: `${meaningOf({ ...error, error: 'blocked' })}.`,
    fix: 'ask your administrator what blocks the account: the reference below leads to it in the sign-in log.',
  });
}

function isRefusalCode(code: string): boolean {
  return code === 'blocked-by-policy' || code === 'account-refused';
}
