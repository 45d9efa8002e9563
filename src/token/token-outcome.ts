import type { AccessTokens } from './access-tokens.ts';
import type { PendingCode } from './token-ports.ts';

/** The outcome of asking for tokens. */
export type TokenOutcome = ObtainedTokens | PendingTokens | FailedTokens;

export interface ObtainedTokens {
  readonly kind: 'tokens';
  readonly signIn: AccessTokens;
}

/** No token yet: another process waits for the person. */
export interface PendingTokens extends PendingCode {
  readonly obtained: Obtained;
}

export interface FailedTokens {
  readonly kind: 'failed';
  readonly error: unknown;
  readonly obtained: Obtained;
  /** The scopes for which a person was asked last; undefined when nobody was. */
  readonly promptedFor: readonly string[] | undefined;
}

/**
 * The sign-in behind tokens that were obtained before the end; undefined for none. It must be stored although none of them
 * is output. Its refresh token may be the only one that still works.
 */
export type Obtained = AccessTokens | undefined;

/** What is to be stored of a sign-in, if it is new. */
export function newlyObtained(signIn: AccessTokens): Obtained {
  return signIn.source === 'cache' ? undefined : signIn;
}
