import type { AuthenticationResult } from '@azure/msal-node';
import type { DeviceCode, DeviceCodeDisplay } from '../entra/device-flow.ts';
import type { Discovery } from '../entra/discovery.ts';
import type { Network } from '../entra/exchange.ts';
import type { TokenResponse } from '../entra/token-response.ts';
import type { PlainText } from '../text/plain-text.ts';
import type { AccessTokens } from './access-tokens.ts';
import type { Mask } from './network-client.ts';
import type { TokenRequest } from './token-request.ts';

/** The person who may be asked to sign in. */
export interface Person extends DeviceCodeDisplay {
  /**
   * Called before a sign-in starts.
   * @param reason why there is no token without it
   * @param scopes for which the person signs in, of one resource
   * @throws {Failure} when nobody may be asked
   */
  prompt(reason: PlainText, scopes: readonly string[]): Promise<void>;
}

/** Events that the caller may want to report. Nothing depends on them. */
export interface TokenEvents {
  /** A stored sign-in is not used. */
  onIgnored(origin: PlainText, reason: PlainText): void;
  /** Of several accounts in one stored sign-in, one was taken without being named. */
  onAccountTaken(account: AccessTokens['account'], cache: string, count: number): void;
  /** A new token is valid for less than was asked for. Milliseconds. */
  onShortLifetime(lifetime: number): void;
  /** A second code follows, for the same person. */
  onFurtherCode(): void;
}

/** Everything outside that getting a token needs. */
export interface TokenPorts {
  readonly network: Network;
  readonly person: Person;
  /** How the person signs in; without it a device code is shown, and this process waits. */
  readonly signIn?: SignInFlow | undefined;
  /** Where the endpoints of an authority are that MSAL does not know. */
  readonly discovery?: Discovery | undefined;
  readonly mask: Mask;
  readonly events: TokenEvents;
}

/** One sign-in that a person is asked for. */
export interface WantedSignIn {
  /** For the scopes of one resource. */
  readonly request: TokenRequest;
  /** What a failed silent request demanded, as JSON; empty for nothing. */
  readonly claims: string;
  /** Of the same person's sign-in, if one exists. Otherwise MSAL starts empty: nothing of another account may remain. */
  readonly cache?: string | undefined;
}

/**
 * A way in which a person signs in.
 * @throws {Failure} and nothing was stored
 */
export type SignInFlow = (wanted: WantedSignIn, ports: TokenPorts) => Promise<CompletedSignIn | PendingCode>;

/** What MSAL made of a sign-in, its serialized cache, and the response that it was made of. */
export interface CompletedSignIn {
  readonly kind: 'signed-in';
  readonly result: AuthenticationResult | null;
  readonly cache: string;
  /** Undefined where the last response held no token. */
  readonly response: TokenResponse | undefined;
}

/** The code is shown, and another process waits for the person. */
export interface PendingCode {
  readonly kind: 'pending';
  readonly code: DeviceCode;
  readonly pending: PendingSignIn;
}

/** A sign-in that one process has begun, for another to finish. It holds the device code, which is a secret. */
export interface PendingSignIn {
  /**
   * Entra's response to the request for a code. The name is part of the sealed format.
   * @see https://datatracker.ietf.org/doc/html/rfc8628#section-3.2
   */
  readonly answer: Readonly<Record<string, unknown>>;
  /** For which the person signs in: those of one resource. */
  readonly scopes: readonly string[];
  /** When the code expires, milliseconds since the epoch. */
  readonly expiresAt: number;
  /** What the sign-in must satisfy, as JSON; empty for nothing. */
  readonly claims: string;
  /** It was begun to change the person or to renew early, so a stored sign-in must not take its place. */
  readonly isForced: boolean;
}

/** What a token is obtained for, and with. */
export interface TokenSession {
  readonly request: TokenRequest;
  readonly ports: TokenPorts;
}
