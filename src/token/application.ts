import { type AuthenticationResult, LogLevel, PublicClientApplication } from '@azure/msal-node';
import type { Authority } from './authority.ts';
import type { NetworkClient } from './network-client.ts';

/** MSAL Node for one client and authority, on the given HTTP client, with the given serialized cache or an empty one. */
export function createApplication(
  clientId: string,
  authority: Authority,
  networkClient: NetworkClient,
  serializedCache?: string,
): PublicClientApplication {
  const application = new PublicClientApplication({
    auth: {
      clientId,
      authority: authority.url,
      ...(!authority.wellKnown && { knownAuthorities: [new URL(authority.url).host] }),
    },
    system: {
      networkClient,
      // MSAL's own log lines hold account names and server texts.
      loggerOptions: { logLevel: LogLevel.Error, piiLoggingEnabled: false, loggerCallback: () => undefined },
    },
  });
  if (serializedCache !== undefined) application.getTokenCache().deserialize(serializedCache);
  return application;
}

/** A result that really holds a token: MSAL resolves with an empty one when a server answers 429 with an empty object. */
export type TokenResult = AuthenticationResult & {
  readonly account: NonNullable<AuthenticationResult['account']>;
  readonly expiresOn: Date;
};

export function holdsToken(result: AuthenticationResult | null): result is TokenResult {
  return (
    typeof result?.accessToken === 'string' &&
    result.accessToken !== '' &&
    result.account != null &&
    result.expiresOn instanceof Date &&
    !Number.isNaN(result.expiresOn.getTime())
  );
}
