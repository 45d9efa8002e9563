import type { ResourceScopes } from '../entra/scopes.ts';
import type { AccessToken, AccessTokens, Source } from './token-request.ts';

const byInteraction: readonly Source[] = ['cache', 'refresh', 'sign-in'];

/** A sign-in with its tokens, and what is to be told of all of them. */
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

/** The same, with its tokens in the order of the resources. */
export function inOrderOf(resources: readonly ResourceScopes[], signIn: AccessTokens): AccessTokens {
  const place = ({ resource }: AccessToken): number =>
    resources.findIndex((scopes) => scopes.resource === resource);
  const [first = signIn.tokens[0], ...others] = [...signIn.tokens].sort((a, b) => place(a) - place(b));
  return accessTokens([first, ...others], signIn);
}
