import { type MsalCache, parseMsalCache } from '../../../src/msal-cache/msal-cache.ts';
import { type FakePerson, homeAccountId } from './people.ts';
import { clientId } from './request.ts';

/** The least that is enough to go on: an account and its refresh token, as MSAL Node files them. */
export function smallCacheText(person: FakePerson, secret = 'the refresh token'): string {
  const environment = 'login.windows.net';
  const home = homeAccountId(person);
  return JSON.stringify({
    Account: {
      [`${home}-${environment}-${person.tid}`]: {
        home_account_id: home,
        environment,
        realm: person.tid,
        local_account_id: person.oid,
        username: person.username,
        authority_type: 'MSSTS',
        tenantProfiles: [
          JSON.stringify({
            tenantId: person.tid,
            localAccountId: person.oid,
            username: person.username,
            isHomeTenant: true,
          }),
        ],
      },
    },
    IdToken: {},
    AccessToken: {},
    RefreshToken: {
      [`${home}-${environment}-refreshtoken-${clientId}---`]: {
        home_account_id: home,
        environment,
        credential_type: 'RefreshToken',
        client_id: clientId,
        secret,
      },
    },
    AppMetadata: {},
  });
}

export function smallCache(person: FakePerson, secret?: string): MsalCache {
  return parseMsalCache(smallCacheText(person, secret));
}
