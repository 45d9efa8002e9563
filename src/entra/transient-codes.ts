import type { OAuthError } from './error-response.ts';

/** AADSTS codes by which Entra asks for fewer requests, whatever the OAuth error beside them says. */
export const throttlingCodes: readonly number[] = [50196, 90055];

/** AADSTS codes of faults that pass by themselves; Entra sends some of them as `invalid_grant`. */
export const transientCodes: readonly number[] = [90033, 90006, 90024, 90090, 50033, 70012, 90012];

/**
 * OAuth errors of faults that pass by themselves.
 * @see https://datatracker.ietf.org/doc/html/rfc6749#section-4.1.2.1
 */
const transientErrors: readonly string[] = ['temporarily_unavailable', 'server_error'];

/** True for an error that says nothing about the sign-in: the same request may succeed a moment later. */
export function isTransient({ error, codes }: Pick<OAuthError, 'error' | 'codes'>): boolean {
  return (
    transientErrors.includes(error) ||
    codes.some((code) => throttlingCodes.includes(code) || transientCodes.includes(code))
  );
}
