import { sameHomeAccountId } from '../entra/home-account-id.ts';
import { type Entity, field, type MsalCache, secretsOf } from '../msal-cache/msal-cache.ts';
import type { RepositoryIdentity } from '../sealing/binding.ts';
import type { SignInDetails } from '../sealing/sign-in-details.ts';
import { plainText } from '../text/plain-text.ts';
import { SecretRuns } from '../text/secret-runs.ts';
import { inactivityExpiry, inUtc } from '../text/times.ts';

/** A cache, and what its envelope says if it is sealed. */
export interface ReadCache {
  readonly cache: MsalCache;
  /** True for a cache without any entry. */
  readonly isEmpty: boolean;
  readonly envelope: Envelope | undefined;
}

export interface Envelope {
  readonly clientId: string;
  /** URL. */
  readonly authority: string;
  /** Milliseconds since the epoch, like every time here. */
  readonly sealedAt: number;
  readonly refreshedAt: number;
  readonly keyId: string;
  readonly details: SignInDetails;
  /** Only an entry of the workflow cache has the next three. */
  readonly account?: string;
  readonly cacheName?: string;
  readonly repository?: RepositoryIdentity;
}

/** What a cache contains, in lines without a secret. */
export function describe({ cache, isEmpty, envelope }: ReadCache, now: number): readonly string[] {
  return [...describeSeal(isEmpty, envelope, now), ...describeContents(cache, isEmpty, now)];
}

function describeSeal(isEmpty: boolean, envelope: Envelope | undefined, now: number): readonly string[] {
  if (envelope) return [...describeEnvelope(envelope, now), ''];
  // Nobody can act with an empty one.
  return isEmpty ? [] : ['Not sealed: anyone who reads it can act as the person who signed in.', ''];
}

function describeContents(cache: MsalCache, isEmpty: boolean, now: number): readonly string[] {
  if (isEmpty) return ['The cache is empty: it contains no account and no token.'];
  // Also those without a token: the cache is described as it is.
  const people = new Set(Object.values(cache.Account).map((account) => field(account, 'home_account_id')));
  if (people.size === 0) return ['The cache contains no account, so it cannot get a token for anyone.'];
  // Whoever made the cache may have put a token where a name should be.
  const secrets = new SecretRuns(secretsOf(cache));
  return [...people].flatMap((id, index) => [
    ...(index > 0 ? [''] : []),
    ...describeAccount(id, cache, { secrets, now }),
  ]);
}

function describeEnvelope(envelope: Envelope, now: number): string[] {
  const { clientId, authority, sealedAt, refreshedAt, keyId } = envelope;
  const { signedInAt } = envelope.details;
  return [
    `Sealed with key ${keyId} on ${inUtc(sealedAt)} (${formatDistance(sealedAt, now)}).`,
    `Client:         ${plainText(clientId)}`,
    `Authority:      ${plainText(authority)}`,
    ...describeEntry(envelope),
    ...(signedInAt === undefined
      ? []
      : [`Signed in:      ${inUtc(signedInAt)} (${formatDistance(signedInAt, now)})`]),
    `Last refreshed: ${inUtc(refreshedAt)} (${formatDistance(refreshedAt, now)})`,
    `If unused, this sign-in expires on ${inactivityExpiry(refreshedAt)}.`,
  ];
}

/** What an entry of the workflow cache is bound to; a sign-in in a secret is not. */
function describeEntry({ account = '', cacheName = '', repository }: Envelope): string[] {
  if (!repository) return [];
  const { server, name, id } = repository;
  const number = id ? ` (${plainText(id)})` : '';
  return [
    `Repository:     ${plainText(name) || '(no name)'}${number} at ${plainText(server)}`,
    `account:        ${plainText(account) || 'any'}`,
    `cache-name:     ${plainText(cacheName) || 'none'}`,
  ];
}

function describeAccount(
  id: string,
  cache: MsalCache,
  { secrets, now }: { readonly secrets: SecretRuns; readonly now: number },
): string[] {
  const ownedBy = (entities: Readonly<Record<string, Entity>>): Entity[] =>
    Object.values(entities).filter((entity) => sameHomeAccountId(field(entity, 'home_account_id'), id));
  const names = new Set(
    ownedBy(cache.Account).map((account) => secrets.harmless(field(account, 'username'))),
  );
  const refreshTokens = ownedBy(cache.RefreshToken);
  return [
    `Account:        ${[...names].filter(Boolean).join(', ') || '(no name)'} (${secrets.harmless(id)})`,
    ...refreshTokens.map(
      (token) => `Refresh token:  yes, ${describeOwner(token, secrets)}${describeAge(token, now)}`,
    ),
    ...(refreshTokens.length === 0
      ? ['Refresh token:  none: this sign-in ends when its access token expires']
      : []),
    ...ownedBy(cache.AccessToken).flatMap((token) => describeAccessToken(token, secrets, now)),
  ];
}

function describeAccessToken(token: Entity, secrets: SecretRuns, now: number): string[] {
  const expiresOn = readTime(token, 'expires_on');
  const cachedAt = readTime(token, 'cached_at');
  return [
    `Access token:   ${describeOwner(token, secrets)}, tenant ${secrets.harmless(field(token, 'realm')) || 'unknown'}`,
    `                scopes ${secrets.harmless(field(token, 'target'), 2000)}`,
    ...(cachedAt === undefined
      ? []
      : [`                obtained ${inUtc(cachedAt)} (${formatDistance(cachedAt, now)})`]),
    ...(expiresOn === undefined
      ? []
      : [
          `                ${expiresOn > now ? 'expires' : 'expired'} ${inUtc(expiresOn)} (${formatDistance(expiresOn, now)})`,
        ]),
  ];
}

function describeOwner(token: Entity, secrets: SecretRuns): string {
  return `for client ${secrets.harmless(field(token, 'client_id'))} at ${secrets.harmless(field(token, 'environment'))}`;
}

/** MSAL Python records when it obtained a refresh token, MSAL Node does not. */
function describeAge(token: Entity, now: number): string {
  const at = readTime(token, 'last_modification_time');
  return at === undefined ? '' : `, obtained ${inUtc(at)} (${formatDistance(at, now)})`;
}

// The last millisecond that a Date can represent.
const latestTime = 8.64e15;

function readTime(token: Entity, name: string): number | undefined {
  const text = field(token, name);
  const time = Number(text) * 1000;
  return /^\d+$/.test(text) && time <= latestTime ? time : undefined;
}

const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;
const wording = new Intl.RelativeTimeFormat('en', { numeric: 'always' });

/** `3 hours ago`, `in 50 minutes` */
function formatDistance(time: number, now: number): string {
  const distance = time - now;
  const [unit, length] = units.find(([, milliseconds]) => Math.abs(distance) >= milliseconds) ?? [
    'second',
    1000,
  ];
  return wording.format(Math.trunc(distance / length), unit);
}
