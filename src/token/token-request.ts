import type { PinnedAccount } from '../entra/accepted-account.ts';
import type { Authority } from '../entra/authority.ts';
import type { DiscoveryDocument } from '../entra/discovery.ts';
import type { Failure } from '../failure.ts';
import type { PlainText } from '../text/plain-text.ts';

/** What is asked for. */
export interface TokenRequest {
  readonly clientId: string;
  readonly authority: Authority;
  /** Of one resource or several, as the caller names them. */
  readonly scopes: readonly string[];
  /** The only account accepted: its user name or its home account id, as given; empty for any. */
  readonly account: string;
  /** Milliseconds for which the token must still be valid. */
  readonly minimumLifetime: number;
  /** Milliseconds to wait for the person. */
  readonly signInTimeout: number;
  /** No stored sign-in is tried: to change the person, or to renew early. */
  readonly forceSignIn: boolean;
  /** True where only members can read the log: then a message may name people. */
  readonly mayNamePeople: boolean;
}

/** What is stored with a sign-in beside MSAL's cache, as far as it is needed here. */
export interface StoredDetails {
  /** The tenant that this authority's own responses have named, as a GUID on Entra's clouds. */
  readonly tenant?: string | undefined;
  readonly pinned?: PinnedAccount | undefined;
  readonly discovery?: DiscoveryDocument | undefined;
  /** When the person signed in, milliseconds since the epoch. */
  readonly signedInAt?: number | undefined;
}

/** A serialized MSAL cache that may hold a sign-in which still works. */
export interface Candidate {
  /** Where it came from, for the log: "token-cache". */
  readonly origin: string;
  readonly cache: string;
  readonly details: StoredDetails;
  /** When it was last refreshed, milliseconds since the epoch; undefined where it is not known. For the caller. */
  readonly refreshedAt?: number | undefined;
}

/** The stored sign-ins of a run. */
export interface StoredSignIns {
  /** In the order in which they are tried. */
  readonly candidates: readonly Candidate[];
  /** One was found that is not among them, since it cannot be used; the log says why. */
  readonly hasIgnored?: boolean;
  /**
   * Set when a store that may hold a sign-in could not be read: makes the failure of a run in which no other sign-in works.
   * @param otherwise why the others do not work, for the message
   */
  readonly unreadable?: ((otherwise: PlainText) => Failure) | undefined;
}
