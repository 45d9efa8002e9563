import { canonicalHomeAccountId, sameHomeAccountId } from '../entra/home-account-id.ts';
import { isJsonObject, type JsonLimits, JsonRefused, parseJson } from '../text/json.ts';
import { type Entities, type Entity, field, readEntity, type Section, sections } from './entity.ts';

export { type Entities, type Entity, field } from './entity.ts';

/**
 * MSAL's serialized token cache, as every MSAL writes it (the "unified schema").
 * @see https://github.com/AzureAD/microsoft-authentication-library-for-python/blob/dev/msal/token_cache.py
 */
export type MsalCache = Readonly<Record<Section, Entities>>;

/** The text is not a serialized MSAL cache. The message never quotes the text. */
export class NotAnMsalCache extends Error {
  override readonly name = 'NotAnMsalCache';
}

/**
 * Reads a serialized cache.
 * @throws {NotAnMsalCache} when it is not JSON, or not of MSAL's schema
 */
export function parseMsalCache(text: string): MsalCache {
  return toMsalCache(parseJsonOfCache(text));
}

/**
 * Parses the JSON of a cache.
 * @throws {NotAnMsalCache}
 */
export function parseJsonOfCache(text: string, limits?: JsonLimits): unknown {
  try {
    return parseJson(text, limits);
  } catch (error) {
    if (error instanceof JsonRefused) throw new NotAnMsalCache(`it ${error.message}`);
    throw error;
  }
}

/**
 * Reads what has MSAL's schema. Sections and entries that MSAL Node could not use are left out: one of them never
 * spoils the rest.
 * @throws {NotAnMsalCache} when it is something else
 */
export function toMsalCache(value: unknown): MsalCache {
  const raw = rawSections(value);
  return ofEach((section) =>
    Object.fromEntries(
      Object.entries(raw[section]).flatMap(([key, entry]) => {
        const read = readEntity(section, entry);
        return read.kind === 'entity' ? [[key, read.entity]] : [];
      }),
    ),
  );
}

/**
 * The sections of a cache, with whatever stands in them. An empty object is an empty cache: some MSALs write it so.
 * @throws {NotAnMsalCache}
 */
export function rawSections(value: unknown): Readonly<Record<Section, Readonly<Record<string, unknown>>>> {
  if (!isJsonObject(value)) throw new NotAnMsalCache('it is not a JSON object');
  // MSAL for Go writes null for a section without entries, PHP an empty array.
  const isCache = Object.keys(value).length === 0 || sections.some((section) => isSection(value[section]));
  if (!isCache) throw new NotAnMsalCache(`it has none of the sections ${sections.join(', ')}`);
  return ofEach((section) => {
    const entries = value[section];
    return isJsonObject(entries) ? entries : {};
  });
}

function isSection(value: unknown): boolean {
  return value === null || isJsonObject(value) || (Array.isArray(value) && value.length === 0);
}

function ofEach<T>(read: (section: Section) => T): Readonly<Record<Section, T>> {
  return Object.fromEntries(sections.map((section) => [section, read(section)])) as Record<Section, T>;
}

/** The home account ids of those who are signed in here: they have an account, and a refresh token or an access token. */
export function homeAccountIds(cache: MsalCache): readonly string[] {
  const withToken = new Set(
    [cache.RefreshToken, cache.AccessToken]
      .flatMap((entities) => Object.values(entities))
      .map(homeAccountIdOf),
  );
  return [...new Set(Object.values(cache.Account).map(homeAccountIdOf))].filter((id) => withToken.has(id));
}

function homeAccountIdOf(entity: Entity): string {
  return canonicalHomeAccountId(field(entity, 'home_account_id'));
}

/** Everything in the cache that must be masked before the cache is used. */
export function secretsOf(cache: MsalCache): readonly string[] {
  return [cache.RefreshToken, cache.AccessToken, cache.IdToken]
    .flatMap((entities) => Object.values(entities))
    .map((entity) => field(entity, 'secret'));
}

/** Without one a sign-in ends with its access token. */
export function holdsRefreshToken(cache: MsalCache): boolean {
  return Object.keys(cache.RefreshToken).length > 0;
}

/** The same cache with nothing in it of other accounts. */
export function onlyAccount(cache: MsalCache, homeAccountId: string): MsalCache {
  return ofEach((section) =>
    Object.fromEntries(
      Object.entries(cache[section]).filter(
        ([, entity]) =>
          section === 'AppMetadata' || sameHomeAccountId(field(entity, 'home_account_id'), homeAccountId),
      ),
    ),
  );
}

/** True when both hold the same, in whatever order their members stand. */
export function sameContents(one: MsalCache, other: MsalCache): boolean {
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
}

// No deeper than a cache: the entries of a section hold texts, and lists of them.
function sorted(value: unknown): unknown {
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, member]) => [key, sorted(member)]),
  );
}
