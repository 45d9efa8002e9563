import { type MsalCache, toMsalCache } from '../../../src/msal-cache/msal-cache.ts';
import { toMsalNodeCache } from '../../../src/msal-cache/msal-node-cache.ts';
import { idToken } from './answers.ts';
import { alice, homeAccountId } from './people.ts';
import { recordContext } from './record-context.ts';
import { clientId } from './request.ts';

type Members = Readonly<Record<string, unknown>>;

/** Sections of a cache in which all is of Alice's at the public cloud, for tests that change one thing. */
export const anyCache = {
  account: {
    home_account_id: homeAccountId(alice),
    environment: 'login.microsoftonline.com',
    realm: alice.tid,
    local_account_id: alice.oid,
    username: alice.username,
    authority_type: 'MSSTS',
  },
  accessToken: {
    home_account_id: homeAccountId(alice),
    environment: 'login.microsoftonline.com',
    realm: alice.tid,
    credential_type: 'AccessToken',
    client_id: clientId,
    secret: 'access token',
    target: 'User.Read openid profile offline_access',
    token_type: 'Bearer',
    cached_at: '1700000000',
    expires_on: '4000000000',
    extended_expires_on: '4000000000',
  },
  idToken: {
    home_account_id: homeAccountId(alice),
    environment: 'login.microsoftonline.com',
    realm: alice.tid,
    credential_type: 'IdToken',
    client_id: clientId,
    secret: idToken(alice),
  },
  refreshToken: {
    home_account_id: homeAccountId(alice),
    environment: 'login.microsoftonline.com',
    credential_type: 'RefreshToken',
    client_id: clientId,
    secret: 'refresh token',
  },
} as const;

/** As the action uses it, for the client and authority of {@link recordContext}. */
export function readForMsalNode(sections: Members): MsalCache {
  return toMsalNodeCache(toMsalCache(JSON.parse(JSON.stringify(sections))), recordContext().owner);
}
