import type { OAuthError } from './entra-answer.ts';
import { entraFailure, meaningOf } from './entra-failure.ts';
import type { RefreshFailed } from './refresh.ts';
import type { ResourceScopes } from './scopes.ts';
import { entraContext, notUnderstood, type TokenRequest } from './token-request.ts';

/** Why a sign-in gave no token for a resource. */
export type NoToken =
  /** The sign-in works, but does not cover the scopes. */
  | { readonly is: 'lacks-consent'; readonly error: OAuthError }
  | { readonly is: 'dead'; readonly reason: string; readonly claims?: string };

// The errors after which only a person can go on (OAuth, OpenID Connect).
const needsPerson = new Set(['invalid_grant', 'interaction_required', 'login_required', 'consent_required']);

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
    if (cause instanceof Error && cause.name === 'InteractionRequiredAuthError') return holdsNoRefreshToken;
    throw client.answered ? notUnderstood(cause) : cause;
  }
  if (!needsPerson.has(error.error)) {
    const what = `Microsoft Entra refused the request for a token for ${scopes.join(' ')}.`;
    throw entraFailure(error, what, entraContext(request));
  }
  const lacksConsent =
    error.suberror === 'consent_required' ||
    error.error === 'consent_required' ||
    error.codes.includes(65001);
  return lacksConsent
    ? { is: 'lacks-consent', error }
    : { is: 'dead', reason: meaningOf(error), claims: error.claims };
}

export const holdsNoRefreshToken: NoToken = { is: 'dead', reason: 'it holds no usable refresh token' };
