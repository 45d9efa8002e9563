import { type EntraContext, entraFailure } from '../entra/entra-failure.ts';
import { type OAuthError, oauthError } from '../entra/error-response.ts';
import { unexpectedResponse } from '../entra/unexpected-response.ts';
import type { NetworkClient } from './network-client.ts';

/** What happened when MSAL threw: its own error shows neither what the network nor what Entra said. */
export type CauseBehindMsal =
  /** The HTTP client threw, or MSAL met an error of its own that tells nothing about the sign-in. */
  | { readonly kind: 'error'; readonly error: unknown }
  /** The authority refused. */
  | { readonly kind: 'refused'; readonly error: OAuthError }
  /** MSAL sent nothing: the cache holds no refresh token, or one whose stated lifetime is over. */
  | { readonly kind: 'no-refresh-token' };

/** Finds the cause of an error that MSAL threw. */
export function causeBehindMsal(error: unknown, client: NetworkClient): CauseBehindMsal {
  if (client.thrown !== undefined) return { kind: 'error', error: client.thrown };
  const refusal = client.lastError ?? errorInRedirect(error);
  if (refusal) return { kind: 'refused', error: refusal };
  if (error instanceof Error && error.name === 'InteractionRequiredAuthError')
    return { kind: 'no-refresh-token' };
  return { kind: 'error', error: client.hasResponse ? unexpectedResponse(error) : error };
}

/** The error to throw when MSAL threw while a person signed in. */
export function signInFailure(error: unknown, client: NetworkClient, context: EntraContext): unknown {
  const cause = causeBehindMsal(error, client);
  if (cause.kind === 'refused') return entraFailure(cause.error, 'The sign-in did not succeed.', context);
  if (cause.kind === 'error') return cause.error;
  return client.hasResponse ? unexpectedResponse(error) : error;
}

/**
 * The error with which the authority sent a browser back; MSAL has it in an error of its own.
 * @see https://datatracker.ietf.org/doc/html/rfc6749#section-4.1.2.1
 */
function errorInRedirect(error: unknown): OAuthError | undefined {
  if (!(error instanceof Error) || error.name !== 'ServerError') return undefined;
  const { errorCode, errorMessage, subError } = error as unknown as Readonly<Record<string, unknown>>;
  const body = JSON.stringify({ error: errorCode, error_description: errorMessage, suberror: subError });
  return oauthError({ status: 0, headers: {}, body });
}
