import { entraFailure, meaningOf, referenceOf, textForAdministrator } from '../entra/entra-failure.ts';
import { adviceBesideSignIn, hintFor, isRefusal } from '../entra/error-hints.ts';
import type { OAuthError } from '../entra/error-response.ts';
import type { ResourceScopes } from '../entra/scopes.ts';
import { serverNameFirst } from '../entra/server-name.ts';
import { verdictOf } from '../entra/sign-in-verdict.ts';
import { adaptAdvice } from '../entra/tenant-advice.ts';
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
  /** Only a new sign-in helps: it has expired, was revoked, is missing, or is of another account. */
  | {
      readonly kind: 'expired';
      readonly reason: PlainText;
      /** What the authority said of it; undefined where it was not asked. */
      readonly error?: OAuthError;
    };

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
  if (verdict.kind === 'expired-or-revoked') return { kind: 'expired', reason: meaningOf(error), error };
  throw entraFailure(error, refusedRequest(scopes, request), request);
}

/** Why a sign-in gave no token, for a message. */
export function formatReason(outcome: NoToken): PlainText {
  return outcome.kind === 'expired' ? outcome.reason : meaningOf(outcome.error);
}

/** A failure with the ids under which an administrator finds what the authority said of the sign-in. */
export function withReference(failure: Failure, { error }: NoToken): Failure {
  if (!error) return failure;
  return new Failure(failure.code, { ...failure.explanation, reference: referenceOf(error) });
}

/** What a sign-in is needed for. */
export interface NeededSignIn {
  /** Why there is no token without it. */
  readonly outcome: NoToken;
  /** Of the one resource. */
  readonly scopes: readonly string[];
  /** The stored sign-in gave a token for another resource. */
  readonly hasOtherToken: boolean;
}

/**
 * The failure of a run that needs a sign-in and may not ask for one, with what the authority said of the stored one. Where
 * no sign-in would help, what the authority refused is reported instead.
 * @param refusal why nobody may be asked
 */
export function explainRefusal(refusal: Failure, needed: NeededSignIn, request: TokenRequest): Failure {
  const { error } = needed.outcome;
  if (!error) return refusal;
  if (!isHelpedBySignIn(needed.outcome, error)) return refusedByAuthority(error, needed, request);
  const advice = adviceBesideSignIn(error);
  const { fix } = refusal.explanation;
  return new Failure(refusal.code, {
    ...refusal.explanation,
    fix: advice
      ? `${adaptAdvice(advice, request.authority)}.\n${fix.charAt(0).toUpperCase()}${fix.slice(1)}`
      : fix,
    reference: referenceOf(error),
  });
}

function isHelpedBySignIn({ kind }: NoToken, error: OAuthError): boolean {
  const hint = hintFor(error);
  if (kind === 'blocked') return false;
  return !hint || !(hint.adminConsent || hint.isConfiguration || isRefusal(hint));
}

function refusedByAuthority(
  error: OAuthError,
  { outcome, scopes, hasOtherToken }: NeededSignIn,
  request: TokenRequest,
): Failure {
  const isOfSignIn = outcome.kind === 'blocked' && !hasOtherToken;
  const what = isOfSignIn
    ? `${serverNameFirst(request.authority.url)} refused the stored sign-in.`
    : refusedRequest(scopes, request);
  const failure = entraFailure(error, what, request);
  if (outcome.kind !== 'blocked' || isRefusalCode(failure.code)) return failure;
  // Nobody was asked, so nobody has declined.
  return new Failure('blocked-by-policy', {
    ...failure.explanation,
    why: `${meaningOf({ ...error, error: 'blocked' })}.`,
    fix: `ask your administrator what blocks the account.${textForAdministrator(error, request, lookUp)}`,
  });
}

const lookUp = 'Please look up in the sign-in log what blocks this account.';

function refusedRequest(scopes: readonly string[], { authority }: TokenRequest): string {
  return `${serverNameFirst(authority.url)} refused the request for a token for ${scopes.join(' ')}.`;
}

function isRefusalCode(code: string): boolean {
  return code === 'blocked-by-policy' || code === 'account-refused';
}
