import type { Candidate, StoredDetails } from '../../../src/token/token-request.ts';
import { idToken } from './answers.ts';
import { type FakePerson, homeAccountId } from './people.ts';
import { clientId } from './request.ts';

/** One access token in a stored cache. */
export interface StoredToken {
  readonly realm: string;
  readonly secret?: string;
  readonly target?: string;
  /** Seconds from now. */
  readonly expiresIn?: number;
}

interface Stored {
  readonly environment?: string;
  /** As the server writes it; `oid.tenant` if left out. */
  readonly id?: string;
  /** In their order. */
  readonly tokens?: readonly StoredToken[];
  /** In their order; none has a date. */
  readonly refreshTokens?: readonly string[];
  /** `sub` of the stored ID token; none is stored if left out. */
  readonly sub?: string;
  readonly details?: StoredDetails;
}

/** A stored sign-in made by hand, filed as MSAL Node files it, with tokens of any realm. */
export function storedTokens(person: FakePerson, stored: Stored = {}): Candidate {
  const { environment = 'login.windows.net', id = homeAccountId(person), details = {} } = stored;
  const now = Math.floor(Date.now() / 1000);
  const owner = { home_account_id: id, environment, client_id: clientId };
  const filed = <T>(name: string, list: readonly T[], entity: (item: T) => object): object =>
    Object.fromEntries(
      list.map((item, index) => [
        `${id}-${environment}-${name}-${clientId}-${index}`.toLowerCase(),
        { ...owner, ...entity(item) },
      ]),
    );
  const cache = {
    Account: {
      [`${id}-${environment}-${person.tid}`.toLowerCase()]: {
        home_account_id: id,
        environment,
        realm: person.tid,
        local_account_id: person.oid,
        username: person.username,
        authority_type: 'MSSTS',
      },
    },
    IdToken: filed('idtoken', stored.sub === undefined ? [] : [stored.sub], (sub) => ({
      credential_type: 'IdToken',
      realm: person.tid,
      secret: idToken(person, { sub }),
    })),
    AccessToken: filed(
      'accesstoken',
      stored.tokens ?? [],
      ({ realm, secret = `token of ${realm}`, target = 'User.Read openid profile', expiresIn = 3600 }) => ({
        credential_type: 'AccessToken',
        token_type: 'Bearer',
        realm,
        secret,
        target,
        cached_at: String(now - 60),
        expires_on: String(now + expiresIn),
        extended_expires_on: String(now + expiresIn),
      }),
    ),
    RefreshToken: filed('refreshtoken', stored.refreshTokens ?? ['stored refresh token'], (secret) => ({
      credential_type: 'RefreshToken',
      secret,
    })),
    AppMetadata: {},
  };
  return { origin: 'token-cache', cache: JSON.stringify(cache), details };
}
