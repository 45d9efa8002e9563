import type { TokenResult } from './application.ts';
import type { ResourceScopes } from './scopes.ts';
import type { AccessToken, AccessTokens, Source } from './token-request.ts';

const byInteraction: readonly Source[] = ['cache', 'refresh', 'sign-in'];

/** What MSAL gave, as the token of one resource. */
export function accessTokenOf(
  result: TokenResult,
  { resource }: ResourceScopes,
  source: Source,
): AccessToken {
  return { resource, token: result.accessToken, expiresOn: result.expiresOn, scopes: result.scopes, source };
}

/** Whose token it is. The tenant is the token's, which for a guest is not the account's own. */
export function accountOf({ account, tenantId }: TokenResult): AccessTokens['account'] {
  const { username, homeAccountId } = account;
  return { username, homeAccountId, tenantId: tenantId || account.tenantId };
}

/** A sign-in with its tokens, and what is to be told of all of them. */
export function accessTokens(
  tokens: AccessTokens['tokens'],
  { account, cache, candidate }: Pick<AccessTokens, 'account' | 'cache' | 'candidate'>,
): AccessTokens {
  const mostInteractive = Math.max(...tokens.map(({ source }) => byInteraction.indexOf(source)));
  return {
    tokens,
    expiresOn: new Date(Math.min(...tokens.map(({ expiresOn }) => expiresOn.getTime()))),
    scopes: [...new Set(tokens.flatMap(({ scopes }) => scopes))],
    source: byInteraction[mostInteractive] ?? 'sign-in',
    account,
    cache,
    candidate,
  };
}

/** The same, with its tokens in the order of the resources. */
export function inOrderOf(resources: readonly ResourceScopes[], signIn: AccessTokens): AccessTokens {
  const place = ({ resource }: AccessToken): number =>
    resources.findIndex((scopes) => scopes.resource === resource);
  const [first = signIn.tokens[0], ...others] = [...signIn.tokens].sort((a, b) => place(a) - place(b));
  return accessTokens([first, ...others], signIn);
}
