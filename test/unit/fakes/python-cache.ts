import { idToken } from './answers.ts';
import { type FakePerson, homeAccountId } from './people.ts';
import { clientId } from './request.ts';

/** What MSAL Python knows after a sign-in. */
export interface PythonSignIn {
  readonly homeAccountId: string;
  readonly username: string;
  /** The authority's host, without a port. */
  readonly environment: string;
  readonly clientId: string;
  /** The tenant in the authority's path. */
  readonly realm: string;
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly idToken: string;
  /** Seconds since the epoch. */
  readonly cachedAt: number;
  /** Seconds. */
  readonly expiresIn: number;
}

/**
 * A cache as MSAL Python 1.39 writes it after a device code flow for `User.Read`. The interop test compares it with a
 * real one.
 * @see https://github.com/AzureAD/microsoft-authentication-library-for-python/blob/dev/msal/token_cache.py
 */
export function serializedByPython(signIn: PythonSignIn): string {
  const { homeAccountId: home, environment, clientId: client, realm } = signIn;
  // The scopes of the answer, sorted.
  const target = 'User.Read email openid profile';
  const owner = { home_account_id: home, environment, client_id: client };
  const expiresOn = String(signIn.cachedAt + signIn.expiresIn);
  return JSON.stringify({
    AccessToken: {
      [`${home}-${environment}-accesstoken-${client}-${realm}-${target}`.toLowerCase()]: {
        credential_type: 'AccessToken',
        secret: signIn.accessToken,
        ...owner,
        target,
        realm,
        token_type: 'Bearer',
        cached_at: String(signIn.cachedAt),
        expires_on: expiresOn,
        extended_expires_on: expiresOn,
      },
    },
    Account: {
      [`${home}-${environment}-${realm}`.toLowerCase()]: {
        home_account_id: home,
        environment,
        realm,
        local_account_id: home.split('.')[0],
        username: signIn.username,
        authority_type: 'MSSTS',
        account_source: 'urn:ietf:params:oauth:grant-type:device_code',
      },
    },
    IdToken: {
      [`${home}-${environment}-idtoken-${client}-${realm}-`.toLowerCase()]: {
        credential_type: 'IdToken',
        secret: signIn.idToken,
        ...owner,
        realm,
      },
    },
    RefreshToken: {
      [`${home}-${environment}-refreshtoken-${client}--${target}`.toLowerCase()]: {
        credential_type: 'RefreshToken',
        secret: signIn.refreshToken,
        ...owner,
        target,
        last_modification_time: String(signIn.cachedAt),
      },
    },
    AppMetadata: {
      [`appmetadata-${environment}-${client}`]: { client_id: client, environment },
    },
  });
}

/** The cache of a sign-in that nobody makes, some time after its access token has expired. */
export function pythonCache(person: FakePerson, environment: string, refreshToken: string): string {
  return serializedByPython({
    homeAccountId: homeAccountId(person),
    username: person.username,
    environment,
    clientId,
    realm: person.tid,
    accessToken: 'old access token',
    refreshToken,
    idToken: idToken(person),
    cachedAt: 1_700_000_000,
    expiresIn: 3600,
  });
}
