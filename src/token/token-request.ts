import type { Authority } from '../entra/authority.ts';
import type { DeviceCodeDisplay } from '../entra/device-flow.ts';
import type { Discovery, KeptDiscovery } from '../entra/discovery.ts';
import type { EntraContext } from '../entra/entra-failure.ts';
import type { Network } from '../entra/exchange.ts';
import { Failure } from '../failure.ts';
import type { PlainText } from '../text/plain-text.ts';
import type { PinnedAccount } from './accepted-account.ts';
import type { Mask } from './network-client.ts';
import type { SignInFlow } from './sign-in.ts';

/** What is asked for. */
export interface TokenRequest {
  readonly clientId: string;
  readonly authority: Authority;
  /** Of one resource or several, as the input names them. */
  readonly scopes: readonly string[];
  /** The only account accepted: its user name or its home account id, as given; empty for any. */
  readonly account: string;
  /** Milliseconds for which the token must still be valid. */
  readonly minimumLifetime: number;
  /** Milliseconds to wait for the person. */
  readonly signInTimeout: number;
  /** Skip the silent way, to change the person or to renew early. */
  readonly forceSignIn: boolean;
  /** True where only members can read the log: then a message may name people. */
  readonly mayNamePeople: boolean;
}

/** What is kept with a sign-in, beside MSAL's cache. */
export interface KeptDetails {
  /** The tenant that this authority's own responses have named, as a GUID on Entra's clouds. */
  readonly tenant?: string | undefined;
  readonly pinned?: PinnedAccount | undefined;
  readonly discovery?: KeptDiscovery | undefined;
}

/** A serialized MSAL cache that may hold a sign-in which still works. */
export interface Candidate {
  /** Where it came from, for the log: "token-cache". */
  readonly origin: string;
  readonly cache: string;
  readonly details: KeptDetails;
}

/** The person who can be asked to sign in, if one is there. */
export interface Person extends DeviceCodeDisplay {
  /**
   * Called before the device code flow starts.
   * @param reason why there is no token without it
   * @param scopes for which the person signs in, of one resource
   * @throws {Failure} when nobody may be asked
   */
  ask(reason: PlainText, scopes: readonly string[]): Promise<void>;
}

/** What getting a token needs of the world. */
export interface TokenPorts {
  readonly network: Network;
  readonly person: Person;
  /** How the person signs in; without it the code is shown and waited for here. */
  readonly signIn?: SignInFlow | undefined;
  /** Where the endpoints of an authority are that MSAL does not know. */
  readonly discovery?: Discovery | undefined;
  readonly mask: Mask;
  readonly log: { readonly info: (line: PlainText) => void; readonly warning: (line: PlainText) => void };
  /**
   * Called whenever Entra has given new tokens that are not all yet. What they changed in the sign-in must be kept even
   * if nothing is output: its refresh token may be the only one that still works.
   */
  learnt(signIn: AccessTokens): void;
}

/** The most that was needed: nothing, a token request, or a person. */
export type Source = 'cache' | 'refresh' | 'sign-in';

/** A token for one resource. */
export interface AccessToken {
  /** As the scopes spell it first; `https://graph.microsoft.com` for unprefixed ones. */
  readonly resource: string;
  readonly token: string;
  readonly expiresOn: Date;
  /** Those granted. */
  readonly scopes: readonly string[];
  readonly source: Source;
}

/** A live sign-in, and the tokens that it has given. */
export interface AccessTokens {
  /** One for each resource, in the order in which the scopes name them. */
  readonly tokens: readonly [AccessToken, ...AccessToken[]];
  /** Of the token that expires first. */
  readonly expiresOn: Date;
  /** Granted, of all tokens. */
  readonly scopes: readonly string[];
  /** Of the most interactive token. */
  readonly source: Source;
  readonly account: { readonly username: string; readonly homeAccountId: string; readonly tenantId: string };
  /** MSAL's serialized cache of this account, with what was new in this run. */
  readonly cache: string;
  readonly details: KeptDetails;
  /** The candidate it came from; undefined after a sign-in. */
  readonly candidate: Candidate | undefined;
}

export function entraContext({ clientId, authority }: TokenRequest): EntraContext {
  return { clientId, authority };
}

/** An answer that MSAL chokes on. What MSAL says of it may quote the answer, so only the name of its error is told. */
export function notUnderstood(error: unknown): Failure {
  const name = error instanceof Error && 'errorCode' in error ? error.errorCode : undefined;
  const known = typeof name === 'string' && /^\w{1,60}$/.test(name) ? ` (${name})` : '';
  return new Failure(
    'entra-refused',
    {
      what: 'The token response could not be understood.',
      why: `it is a success by its status, and lacks something or holds something that no token response holds${known}.`,
      fix: 'run again in a few minutes; if it comes back, check tenant-id and cloud, or authority.',
    },
    { cause: error },
  );
}

export function noToken(): Failure {
  return new Failure('entra-unavailable', {
    what: 'The token response holds no access token.',
    why: 'it is a success by its status.',
    fix: 'run again in a few minutes.',
  });
}
