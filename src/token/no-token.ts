import { entraFailure, meaningOf } from '../entra/entra-failure.ts';
import type { OAuthError } from '../entra/error-response.ts';
import type { ResourceScopes } from '../entra/scopes.ts';
import { serverNameFirst } from '../entra/server-name.ts';
import { verdictOf } from '../entra/sign-in-verdict.ts';
import { Failure } from '../failure.ts';
import { type PlainText, plain } from '../text/plain-text.ts';
import { causeBehindMsal } from './failure-behind-msal.ts';
import type { RefreshFailed } from './refresh.ts';
import type { TokenRequest } from './token-request.ts';

/** Why a sign-in gave no token for a resource. */
export type NoToken =
  /** The sign-in works, but does not cover the scopes. */
  | { readonly kind: 'lacks-consent'; readonly error: OAuthError }
  /** A policy, or the state of the account, keeps it from being used here and now. */
  | { readonly kind: 'blocked'; readonly error: OAuthError }
  /** Only a new sign-in helps: it has expired, was revoked, does not exist, or is of somebody else. */
  | { readonly kind: 'expired'; readonly reason: PlainText; readonly claims?: string };

export const noUsableRefreshToken: NoToken = {
  kind: 'expired',
  reason: plain`it holds no usable refresh token`,
};

/**
 * What it means for a sign-in that MSAL could not redeem its refresh token.
 * @throws {Failure} when it says nothing about the sign-in
 */
export function noTokenAfter(
  { client, cause: thrown }: RefreshFailed,
  { scopes }: ResourceScopes,
  request: TokenRequest,
): NoToken {
  const cause = causeBehindMsal(thrown, client);
  if (cause.kind === 'no-refresh-token') return noUsableRefreshToken;
  if (cause.kind === 'error') throw cause.error;
  const { error } = cause;
  const verdict = verdictOf(error);
  if (verdict.kind === 'lacks-consent' || verdict.kind === 'blocked') return { kind: verdict.kind, error };
  if (verdict.kind === 'expired-or-revoked')
    return { kind: 'expired', reason: meaningOf(error), claims: error.claims };
  const server = serverNameFirst(request.authority.url);
  throw entraFailure(error, `${server} refused the request for a token for ${scopes.join(' ')}.`, request);
}

/** Why a sign-in gave no token, for a message. */
export function formatReason(outcome: NoToken): PlainText {
  return outcome.kind === 'expired' ? outcome.reason : meaningOf(outcome.error);
}

/** The failure of a run in which nobody can be asked, where a sign-in would not help either. */
export function refusedSignIn(error: OAuthError, request: TokenRequest): Failure {
  const server = serverNameFirst(request.authority.url);
  const failure = entraFailure(error, `${server} refused the stored sign-in.`, request);
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
