import { claimsThatAreTexts } from '../entra/claims-that-are-texts.ts';
import { canonicalHomeAccountId } from '../entra/home-account-id.ts';
import { isJsonObject, parseJsonObject } from '../text/json.ts';
import { readTenantProfiles } from './tenant-profiles.ts';

/** One entry of a cache: texts, and in an account the list of its tenant profiles. */
export type Entity = Readonly<Record<string, unknown>>;
export type Entities = Readonly<Record<string, Entity>>;

export const sections = ['Account', 'IdToken', 'AccessToken', 'RefreshToken', 'AppMetadata'] as const;
export type Section = (typeof sections)[number];

/** Why an entry is not used. */
export type Unusable =
  /** Of an application that signed in as itself: no person stands behind it. */
  | 'app-only'
  /** It proves nothing without a key that is not in the cache (proof of possession, SSH). */
  | 'key-bound'
  /** What PowerShell's ConvertTo-Json leaves of an object that lies too deep. */
  | 'cut-short'
  /** No object, or without a member that MSAL needs. */
  | 'unreadable';

const owned = ['home_account_id', 'environment'];
const credential = [...owned, 'client_id', 'secret'];

// What MSAL Node reads of an entry without checking that it exists, and what it uses to tell entries apart.
const required: Readonly<Record<Section, readonly string[]>> = {
  Account: owned,
  IdToken: credential,
  AccessToken: [...credential, 'target', 'expires_on'],
  RefreshToken: credential,
  AppMetadata: ['client_id', 'environment'],
};

const accountTexts = [
  'local_account_id',
  'authority_type',
  'name',
  'client_info',
  'last_modification_app',
  'account_source',
];

/** Members that are texts, whatever the section. What else an entry holds means nothing to MSAL Node, or would make it fail. */
const texts = [...credential, 'realm', 'credential_type', 'target', 'token_type', 'family_id'];

/** Members that are times, in seconds since the epoch, as text. */
const times = ['cached_at', 'expires_on', 'extended_expires_on', 'refresh_on', 'last_modification_time'];

/** An entry as it was read; or why it cannot be used. */
export type ReadEntity = { readonly kind: 'entity'; readonly entity: Entity } | { readonly kind: Unusable };

/** Reads an entry in the form in which MSAL Node writes it. */
export function readEntity(section: Section, value: unknown): ReadEntity {
  if (typeof value === 'string' && value.startsWith('@{')) return { kind: 'cut-short' };
  if (!isJsonObject(value)) return { kind: 'unreadable' };
  if (section === 'AccessToken') {
    if (isKeyBound(value)) return { kind: 'key-bound' };
    if (!textOf(value['home_account_id'])) return { kind: 'app-only' };
  }

  // A number is no secret.
  if (typeof value['secret'] === 'number') return { kind: 'unreadable' };
  const entity = normalized(section, value);
  if (required[section].some((name) => field(entity, name) === '')) return { kind: 'unreadable' };
  if (section === 'IdToken' && !isReadableIdToken(field(entity, 'secret'))) return { kind: 'unreadable' };
  return { kind: 'entity', entity };
}

/** A text member of an entry; the empty string when it is not there. */
export function field(entity: Entity, name: string): string {
  const value = entity[name];
  return typeof value === 'string' ? value : '';
}

function normalized(section: Section, value: Record<string, unknown>): Entity {
  const isAccount = section === 'Account';
  const entity: Record<string, unknown> = {};
  for (const name of isAccount ? [...texts, ...accountTexts] : texts) {
    const text = textOf(value[name]);
    if (text !== undefined) entity[name] = text;
  }
  for (const name of times) {
    const time = secondsOf(value[name]);
    if (time !== undefined) entity[name] = time;
  }
  if ('home_account_id' in entity)
    entity['home_account_id'] = canonicalHomeAccountId(field(entity, 'home_account_id'));
  // MSAL splits it at spaces, and throws when nothing is left.
  if ('target' in entity) entity['target'] = field(entity, 'target').trim().replace(/\s+/g, ' ');
  if (!isAccount) return entity;

  const profiles = readTenantProfiles(value['tenantProfiles']);
  return {
    ...entity,
    username: textOf(value['username']) ?? '',
    ...(profiles.length > 0 && { tenantProfiles: profiles.map((profile) => JSON.stringify(profile)) }),
  };
}

/** Some writers leave numbers where texts are usual. */
function textOf(value: unknown): string | undefined {
  return typeof value === 'number' || typeof value === 'string' ? String(value) : undefined;
}

// The last second that a date can tell.
const endOfTime = 8.64e12;

function secondsOf(value: unknown): string | undefined {
  const text = textOf(value)?.trim();
  const time = Math.floor(Number(text));
  return text && time >= 0 && time <= endOfTime ? String(time) : undefined;
}

/** Bearer tokens alone can be handed on. A token whose kind is not said is one. */
function isKeyBound(value: Record<string, unknown>): boolean {
  const { token_type: type, credential_type: credentialType, additionalCacheKeyComponents: apart } = value;
  return (
    !isWord(type, 'bearer') ||
    !isWord(credentialType, 'accesstoken') ||
    // MSAL keeps such tokens apart from those of a plain request.
    (apart !== undefined && apart !== null)
  );
}

function isWord(value: unknown, word: string): boolean {
  const text = value ?? '';
  return typeof text === 'string' && ['', word].includes(text.toLowerCase());
}

/** MSAL Node parses an ID token whenever it reads an account, and believes what it finds. */
function isReadableIdToken(secret: string): boolean {
  const claims = claimsOf(secret);
  if (!claims) return false;
  const { signin_state: state } = claims;
  return (
    claimsThatAreTexts.every((name) => typeof (claims[name] ?? '') === 'string') &&
    (!state || (Array.isArray(state) && state.every((value) => typeof value === 'string')))
  );
}

/** The claims of a JWT, not verified; undefined when it is none. */
export function claimsOf(token: string): Record<string, unknown> | undefined {
  const payload = /^[^.\s]*\.([^.\s]+)\.[^.\s]*$/.exec(token)?.[1];
  return payload === undefined ? undefined : parseJsonObject(Buffer.from(payload, 'base64url').toString());
}
