import { sameHomeAccountId } from './home-account-id.ts';

/**
 * MSAL's serialized token cache, as every MSAL writes it (the "unified schema").
 * @see https://github.com/AzureAD/microsoft-authentication-library-for-python/blob/dev/msal/token_cache.py
 */
export interface MsalCache {
  readonly Account: Entities;
  readonly IdToken: Entities;
  readonly AccessToken: Entities;
  readonly RefreshToken: Entities;
  readonly AppMetadata: Entities;
}

export type Entities = Readonly<Record<string, Entity>>;
export type Entity = Readonly<Record<string, unknown>>;

const sections = ['Account', 'IdToken', 'AccessToken', 'RefreshToken', 'AppMetadata'] as const;

// What MSAL Node reads of an entity without looking whether it is there, and what it uses to tell entities apart.
const required: Readonly<Record<keyof MsalCache, readonly string[]>> = {
  Account: ['home_account_id', 'environment', 'username'],
  IdToken: ['home_account_id', 'environment', 'client_id', 'secret'],
  AccessToken: ['home_account_id', 'environment', 'client_id', 'secret', 'target', 'cached_at', 'expires_on'],
  RefreshToken: ['home_account_id', 'environment', 'client_id', 'secret'],
  AppMetadata: ['client_id', 'environment'],
};

/** The text is not a serialized MSAL cache. The message never quotes the text. */
export class NotAnMsalCache extends Error {
  override readonly name = 'NotAnMsalCache';
}

/**
 * Reads a serialized cache.
 * @throws {NotAnMsalCache} when it is not JSON, or not of MSAL's schema
 */
export function parseMsalCache(text: string): MsalCache {
  return toMsalCache(parseJson(text));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own message quotes the text, so it must not be kept, not even as a cause.
    throw new NotAnMsalCache('it is not JSON');
  }
}

/**
 * Checks that a value has MSAL's schema; sections that MSAL Node does not have are dropped.
 * @throws {NotAnMsalCache}
 */
export function toMsalCache(value: unknown): MsalCache {
  if (!isObject(value)) throw new NotAnMsalCache('it is not a JSON object');
  if (!sections.some((section) => section in value)) {
    throw new NotAnMsalCache(`it has none of the sections ${sections.join(', ')}`);
  }
  return {
    Account: readSection(value, 'Account'),
    IdToken: readSection(value, 'IdToken'),
    AccessToken: readSection(value, 'AccessToken'),
    RefreshToken: readSection(value, 'RefreshToken'),
    AppMetadata: readSection(value, 'AppMetadata'),
  };
}

function readSection(cache: Record<string, unknown>, section: keyof MsalCache): Entities {
  const entities = cache[section] ?? {};
  if (!isObject(entities)) throw new NotAnMsalCache(`its section ${section} is not a JSON object`);
  for (const entity of Object.values(entities)) {
    const problem = isObject(entity) ? problemOf(entity, section) : 'something that is not a JSON object';
    if (problem) throw new NotAnMsalCache(`its section ${section} holds ${problem}`);
  }
  return entities as Entities;
}

/** What MSAL Node would stumble over in an entity, in words. */
function problemOf(entity: Entity, section: keyof MsalCache): string | undefined {
  const missing = required[section].find(
    (name) => field(entity, name) === '' && !(name === 'username' && entity[name] === ''),
  );
  if (missing) return `an entry without ${missing}`;
  if (!['string', 'undefined'].includes(typeof entity['token_type'])) return 'a token type that is no text';
  if (section === 'IdToken' && !isJwt(field(entity, 'secret'))) return 'something that is no JWT';
  return hasReadableProfiles(entity) ? undefined : 'tenant profiles that are not JSON';
}

// MSAL Node parses these when it reads an account, and throws an error that quotes them.
function isJwt(secret: string): boolean {
  const payload = secret.split('.')[1];
  return payload !== undefined && isJsonObject(Buffer.from(payload, 'base64url').toString());
}

function hasReadableProfiles(entity: Entity): boolean {
  const profiles = entity['tenantProfiles'];
  return (
    profiles === undefined ||
    (Array.isArray(profiles) &&
      profiles.every((profile) => typeof profile === 'string' && isJsonObject(profile)))
  );
}

function isJsonObject(text: string): boolean {
  try {
    return isObject(JSON.parse(text));
  } catch {
    return false;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A text field of an entity; the empty string when it is not there. */
export function field(entity: Entity, name: string): string {
  const value = entity[name];
  return typeof value === 'string' ? value : '';
}

/** The home account ids of those who are signed in here: they have an account, and a refresh token or an access token. */
export function homeAccountIds(cache: MsalCache): readonly string[] {
  return [
    ...new Set(
      Object.values(cache.Account).map((account) => field(account, 'home_account_id').toLowerCase()),
    ),
  ];
}

/** Everything in the cache that must be masked before the cache is used. */
export function secretsOf(cache: MsalCache): readonly string[] {
  return [cache.RefreshToken, cache.AccessToken, cache.IdToken]
    .flatMap((entities) => Object.values(entities))
    .map((entity) => field(entity, 'secret'));
}

/** The refresh tokens of an account, the newest first as far as that is known. */
export function refreshTokensOf(cache: MsalCache, homeAccountId: string): readonly Entity[] {
  return Object.values(cache.RefreshToken).filter((token) =>
    sameHomeAccountId(field(token, 'home_account_id'), homeAccountId),
  );
}

/** Without one a sign-in ends with its access token. */
export function holdsRefreshToken(cache: MsalCache): boolean {
  return Object.keys(cache.RefreshToken).length > 0;
}

/** The same cache with nothing in it of other accounts. */
export function onlyAccount(cache: MsalCache, homeAccountId: string): MsalCache {
  const id = homeAccountId.toLowerCase();
  const own = (entities: Entities): Entities =>
    Object.fromEntries(
      Object.entries(entities).filter(([, entity]) => field(entity, 'home_account_id').toLowerCase() === id),
    );
  return {
    Account: own(cache.Account),
    IdToken: own(cache.IdToken),
    AccessToken: own(cache.AccessToken),
    RefreshToken: own(cache.RefreshToken),
    AppMetadata: cache.AppMetadata,
  };
}

/** True when both hold the same, in whatever order their members stand. */
export function sameContents(one: MsalCache, other: MsalCache): boolean {
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, member]) => [key, sorted(member)]),
  );
}
