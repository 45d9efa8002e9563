import { sameHomeAccountId } from '../entra/home-account-id.ts';
import { type Entity, field, type MsalCache, secretsOf } from '../msal-cache/msal-cache.ts';
import type { RepositoryIdentity } from '../sealing/binding.ts';
import type { SignInDetails } from '../sealing/sign-in-details.ts';
import { plainText } from '../text/plain-text.ts';
import { SecretRuns } from '../text/secret-runs.ts';
import { inactivityExpiry, inUtc } from '../text/times.ts';

/** A cache that was read, and what its envelope told, if it had one. */
export interface ReadCache {
  readonly cache: MsalCache;
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
  /** The next three are of an entry of the workflow cache only. */
  readonly account?: string;
  readonly cacheName?: string;
  readonly repository?: RepositoryIdentity;
}

/** What a cache holds, in lines without a secret. */
export function describe({ cache, envelope }: ReadCache, now: number): readonly string[] {
  // Also those who have no token: the cache is described as it is.
  const people = new Set(Object.values(cache.Account).map((account) => field(account, 'home_account_id')));
  // Whoever made the cache may have written a token where a name should be.
  const secrets = new SecretRuns(secretsOf(cache));
  return [
    ...(envelope ? describeEnvelope(envelope, now) : ['Not sealed: whoever reads it can act as the person.']),
    ...[...people].flatMap((id) => ['', ...describeAccount(id, cache, secrets, now)]),
    ...(people.size === 0 ? ['', 'It holds no account, so nobody is signed in with it.'] : []),
  ];
}

function describeEnvelope(envelope: Envelope, now: number): string[] {
  const { clientId, authority, sealedAt, refreshedAt, keyId } = envelope;
  const { signedInAt } = envelope.details;
  return [
    `Sealed with key ${keyId}, ${inUtc(sealedAt)} (${relative(sealedAt, now)}).`,
    `Client:         ${plainText(clientId)}`,
    `Authority:      ${plainText(authority)}`,
    ...describeEntry(envelope),
    ...(signedInAt === undefined
      ? []
      : [`Signed in:      ${inUtc(signedInAt)} (${relative(signedInAt, now)})`]),
    `Last refreshed: ${inUtc(refreshedAt)} (${relative(refreshedAt, now)}); unused since then, it dies on ${inactivityExpiry(refreshedAt)}`,
  ];
}

/** What binds an entry of the workflow cache; a sign-in in a secret has nothing of it. */
function describeEntry({ account = '', cacheName = '', repository }: Envelope): string[] {
  if (!repository) return [];
  const { server, name, id } = repository;
  const number = id ? ` (${plainText(id)})` : '';
  return [
    `Repository:     ${plainText(name) || 'without a name'}${number} at ${plainText(server)}`,
    `account:        ${plainText(account) || 'any'}`,
    `cache-name:     ${plainText(cacheName) || 'none'}`,
  ];
}

function describeAccount(id: string, cache: MsalCache, secrets: SecretRuns, now: number): string[] {
  const ownedBy = (entities: Readonly<Record<string, Entity>>): Entity[] =>
    Object.values(entities).filter((entity) => sameHomeAccountId(field(entity, 'home_account_id'), id));
  const names = new Set(
    ownedBy(cache.Account).map((account) => secrets.harmless(field(account, 'username'))),
  );
  const refreshTokens = ownedBy(cache.RefreshToken);
  return [
    `Account:        ${[...names].filter(Boolean).join(', ') || 'without a name'} (${secrets.harmless(id)})`,
    ...refreshTokens.map((token) => `Refresh token:  yes, ${whose(token, secrets)}${changed(token, now)}`),
    ...(refreshTokens.length === 0 ? ['Refresh token:  none: this sign-in ends with its access token'] : []),
    ...ownedBy(cache.AccessToken).flatMap((token) => describeAccessToken(token, secrets, now)),
  ];
}

function describeAccessToken(token: Entity, secrets: SecretRuns, now: number): string[] {
  const expiresOn = secondsOf(token, 'expires_on');
  const cachedAt = secondsOf(token, 'cached_at');
  return [
    `Access token:   ${whose(token, secrets)}, tenant ${secrets.harmless(field(token, 'realm')) || 'not told'}`,
    `                scopes ${secrets.harmless(field(token, 'target'), 2000)}`,
    ...(cachedAt === undefined
      ? []
      : [`                from ${inUtc(cachedAt)} (${relative(cachedAt, now)})`]),
    ...(expiresOn === undefined
      ? []
      : [
          `                ${expiresOn > now ? 'expires' : 'expired'} ${inUtc(expiresOn)} (${relative(expiresOn, now)})`,
        ]),
  ];
}

function whose(token: Entity, secrets: SecretRuns): string {
  return `of client ${secrets.harmless(field(token, 'client_id'))} at ${secrets.harmless(field(token, 'environment'))}`;
}

/** MSAL Python tells when it had a refresh token, MSAL Node does not. */
function changed(token: Entity, now: number): string {
  const at = secondsOf(token, 'last_modification_time');
  return at === undefined ? '' : `, from ${inUtc(at)} (${relative(at, now)})`;
}

// The last millisecond that a date can tell.
const endOfTime = 8.64e15;

function secondsOf(token: Entity, name: string): number | undefined {
  const text = field(token, name);
  const time = Number(text) * 1000;
  return /^\d+$/.test(text) && time <= endOfTime ? time : undefined;
}

const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;
const wording = new Intl.RelativeTimeFormat('en', { numeric: 'always' });

/** `3 hours ago`, `in 50 minutes` */
function relative(time: number, now: number): string {
  const distance = time - now;
  const [unit, length] = units.find(([, milliseconds]) => Math.abs(distance) >= milliseconds) ?? [
    'second',
    1000,
  ];
  return wording.format(Math.trunc(distance / length), unit);
}
