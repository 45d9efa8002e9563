import type { ResourceScopes } from '../entra/scopes.ts';
import type { Candidate, StoredDetails } from './token-request.ts';

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

/** A sign-in that works, and the tokens that were obtained with it. */
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
  readonly details: StoredDetails;
  /** The candidate it came from; undefined after a sign-in. */
  readonly candidate: Candidate | undefined;
}

const byInteraction: readonly Source[] = ['cache', 'refresh', 'sign-in'];

/** A sign-in with its tokens, and what follows from all of them. */
export function accessTokens(
  tokens: AccessTokens['tokens'],
  { account, cache, details, candidate }: Pick<AccessTokens, 'account' | 'cache' | 'details' | 'candidate'>,
): AccessTokens {
  const mostInteractive = Math.max(...tokens.map(({ source }) => byInteraction.indexOf(source)));
  return {
    tokens,
    expiresOn: new Date(Math.min(...tokens.map(({ expiresOn }) => expiresOn.getTime()))),
    scopes: [...new Set(tokens.flatMap(({ scopes }) => scopes))],
    source: byInteraction[mostInteractive] ?? 'sign-in',
    account,
    cache,
    details,
    candidate,
  };
}

/** The same sign-in, with its tokens in the order of the resources. */
export function orderTokens(resources: readonly ResourceScopes[], signIn: AccessTokens): AccessTokens {
  const place = ({ resource }: AccessToken): number =>
    resources.findIndex((scopes) => scopes.resource === resource);
  const [first = signIn.tokens[0], ...others] = [...signIn.tokens].sort((a, b) => place(a) - place(b));
  return accessTokens([first, ...others], signIn);
}
