import { hintFor, isRefusal, type Refusal } from './error-hints.ts';
import type { OAuthError } from './error-response.ts';
import { isTransient } from './transient-codes.ts';

/** What an error says about the stored sign-in whose refresh token was sent. */
export type SignInVerdict =
  /** It works, and does not cover the scopes. */
  | { readonly kind: 'lacks-consent' }
  /** A policy, or the state of the account, keeps it from being used here and now; it may work elsewhere or later. */
  | { readonly kind: 'blocked'; readonly errorCode: Refusal }
  /** Only a new sign-in helps. */
  | { readonly kind: 'expired-or-revoked' }
  /** Nothing: the request itself was refused, for the app registration, the scopes or the tenant; or the fault passes. */
  | { readonly kind: 'refused' };

// OAuth 2.0, and OpenID Connect Core 3.1.2.6. The last may be about the app as well, which its code tells.
const aboutSignIn: readonly string[] = [
  'invalid_grant',
  'interaction_required',
  'login_required',
  'consent_required',
  'access_denied',
  'unauthorized_client',
];

// What a person sees after these is a message, or a step outside the sign-in (enroll the device, for example).
const beyondSignIn: readonly string[] = ['message_only', 'additional_action'];

/**
 * What the error of a silent request says about the stored sign-in. `error` and `suberror` decide; an AADSTS code only
 * tells which refusals no sign-in helps, and the server's text only the causes of AADSTS70000 apart.
 * @see https://learn.microsoft.com/entra/msal/dotnet/advanced/exceptions/msal-error-handling#handle-msaluirequiredexception
 */
export function verdictOf(error: OAuthError): SignInVerdict {
  const { error: name, suberror } = error;
  const hint = hintFor(error);
  if (isTransient(error)) return { kind: 'refused' };
  if ([name, suberror].includes('consent_required')) return { kind: 'lacks-consent' };
  if ([name, suberror].includes('protection_policy_required')) return blockedBy('blocked-by-policy');
  if (hint?.isConfiguration) return { kind: 'refused' };
  if (!aboutSignIn.includes(name)) return { kind: 'refused' };
  if (hint?.errorCode === 'consent-needed') return { kind: 'lacks-consent' };
  if (hint && isRefusal(hint)) return blockedBy(hint.errorCode);
  if (!hint && beyondSignIn.includes(suberror)) return blockedBy('blocked-by-policy');
  // In a silent request there is nobody who could have declined.
  if (name === 'access_denied') return blockedBy('blocked-by-policy');
  return { kind: name === 'unauthorized_client' ? 'refused' : 'expired-or-revoked' };
}

function blockedBy(errorCode: Refusal): SignInVerdict {
  return { kind: 'blocked', errorCode };
}
