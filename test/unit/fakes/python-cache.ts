import { idToken } from './answers.ts';
import { type FakePerson, homeAccountId } from './people.ts';
import { clientId } from './request.ts';

/**
 * A cache as MSAL Python writes it, some time after its access token has expired.
 * @see https://github.com/AzureAD/microsoft-authentication-library-for-python/blob/dev/msal/token_cache.py
 */
export function pythonCache(person: FakePerson, environment: string, refreshToken: string): string {
  const home = homeAccountId(person);
  const target = 'User.Read openid profile offline_access';
  const owner = { home_account_id: home, environment, client_id: clientId };
  return JSON.stringify({
    AccessToken: {
      [`${home}-${environment}-accesstoken-${clientId}-${person.tid}-${target}`.toLowerCase()]: {
        ...owner,
        credential_type: 'AccessToken',
        secret: 'old access token',
        target,
        realm: person.tid,
        token_type: 'Bearer',
        cached_at: '1700000000',
        expires_on: '1700003600',
        extended_expires_on: '1700003600',
      },
    },
    Account: {
      [`${home}-${environment}-${person.tid}`]: {
        home_account_id: home,
        environment,
        realm: person.tid,
        local_account_id: person.oid,
        username: person.username,
        authority_type: 'MSSTS',
        account_source: 'urn:ietf:params:oauth:grant-type:device_code',
      },
    },
    IdToken: {
      [`${home}-${environment}-idtoken-${clientId}-${person.tid}-`]: {
        ...owner,
        credential_type: 'IdToken',
        secret: idToken(person),
        realm: person.tid,
      },
    },
    RefreshToken: {
      [`${home}-${environment}-refreshtoken-${clientId}--${target}`.toLowerCase()]: {
        ...owner,
        credential_type: 'RefreshToken',
        secret: refreshToken,
        target,
        last_modification_time: '1700000000',
      },
    },
    AppMetadata: {
      [`appmetadata-${environment}-${clientId}`]: { client_id: clientId, environment },
    },
  });
}
