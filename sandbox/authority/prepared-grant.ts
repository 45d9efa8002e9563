import type { RequestedScopes } from './requested-scopes.ts';

/** A token request in the library's terms, and the scopes to answer with. */
export interface PreparedGrant {
  readonly form: Readonly<Record<string, string>>;
  readonly scopes: RequestedScopes;
}
