import { type AuthenticationResult, LogLevel, PublicClientApplication } from '@azure/msal-node';
import type { Authority } from '../entra/authority.ts';
import type { NetworkClient } from './network-client.ts';

interface ApplicationOptions {
  /** A serialized cache; without it the application starts empty. */
  readonly cache?: string | undefined;
  /** The authority's discovery document, as JSON; without it MSAL asks for that of an authority which it does not know. */
  readonly discovery?: string;
}

/** MSAL Node for one client and authority, on the given HTTP client. */
export function createApplication(
  { clientId, authority }: { readonly clientId: string; readonly authority: Authority },
  networkClient: NetworkClient,
  { cache, discovery }: ApplicationOptions,
): PublicClientApplication {
  const application = new PublicClientApplication({
    auth: {
      clientId,
      authority: authority.url,
      ...(!authority.wellKnown && { knownAuthorities: [new URL(authority.url).host] }),
      ...(discovery !== undefined && { authorityMetadata: discovery }),
    },
    system: {
      networkClient,
      // MSAL's own log lines hold account names and server texts.
      loggerOptions: { logLevel: LogLevel.Error, piiLoggingEnabled: false, loggerCallback: () => undefined },
    },
  });
  if (cache !== undefined) application.getTokenCache().deserialize(cache);
  return application;
}

/** A result that does hold a token: MSAL resolves with an empty one when a server responds 429 with an empty object. */
export type TokenResult = AuthenticationResult & { readonly expiresOn: Date };

/** True for such a result. It may name no account: a response need not hold an ID token. */
export function holdsToken(result: AuthenticationResult | null): result is TokenResult {
  return (
    typeof result?.accessToken === 'string' &&
    result.accessToken !== '' &&
    result.expiresOn instanceof Date &&
    !Number.isNaN(result.expiresOn.getTime())
  );
}
