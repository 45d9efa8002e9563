import { canonicalHomeAccountId } from '../entra/home-account-id.ts';
import { type Entity, field, readEntity, type Section, sections, type Unusable } from './entity.ts';
import { rawSections } from './msal-cache.ts';
import { type CacheOwner, isOfHost } from './msal-node-cache.ts';

/** What stands in a cache, counted. */
interface Census {
  readonly unusable: Record<Unusable, number>;
  /** Client IDs of tokens that are not of the client that was asked for. */
  readonly otherClients: Set<string>;
  /** Home account ids. */
  readonly accountsElsewhere: Set<string>;
  readonly tokensElsewhere: string[];
  readonly accounts: Set<string>;
  readonly tokens: string[];
}

/** True for a cache without any entry. */
export function isEmpty(contents: unknown): boolean {
  return Object.values(rawSections(contents)).every((entries) => Object.keys(entries).length === 0);
}

/**
 * What a cache holds in which nobody is signed in to this client and authority, so that the person who made it sees
 * what to change. Numbers only: nothing of the cache is quoted.
 */
export function describeContents(contents: unknown, owner: CacheOwner): string {
  const census = count(contents, owner);
  const { unusable, otherClients, accountsElsewhere, tokensElsewhere, accounts, tokens } = census;
  const found = [
    otherClients.size > 0 &&
      (otherClients.size === 1
        ? 'tokens of another client ID'
        : `tokens of ${otherClients.size} other client IDs`),
    unusable['app-only'] > 0 && several(unusable['app-only'], 'an app-only token', 'app-only tokens'),
    accountsElsewhere.size > 0
      ? several(
          accountsElsewhere.size,
          'an account of another cloud or authority',
          'accounts of another cloud or authority',
        )
      : tokensElsewhere.length > 0 && 'tokens of another cloud or authority',
    accounts.size > 0 &&
      several(
        accounts.size,
        'an account without a token of this client',
        'accounts without a token of this client',
      ),
    tokens.length > 0 && 'tokens of this client whose account is missing in the section Account',
    unusable['key-bound'] > 0 && 'tokens that are bound to a key (PoP or SSH)',
    unusable['cut-short'] > 0 && 'entries that ConvertTo-Json has cut short (give it -Depth 10)',
    unusable.unreadable > 0 && several(unusable.unreadable, 'an unusable entry', 'unusable entries'),
  ].filter((words) => words !== false);
  return found.length > 0 ? formatList(found) : 'no token';
}

function count(contents: unknown, owner: CacheOwner): Census {
  const census: Census = {
    unusable: { 'app-only': 0, 'key-bound': 0, 'cut-short': 0, unreadable: 0 },
    otherClients: new Set(),
    accountsElsewhere: new Set(),
    tokensElsewhere: [],
    accounts: new Set(),
    tokens: [],
  };
  const raw = rawSections(contents);
  for (const section of sections)
    for (const entry of Object.values(raw[section])) {
      const read = readEntity(section, entry);
      if (read.kind === 'entity') countEntity({ section, entity: read.entity }, owner, census);
      else census.unusable[read.kind]++;
    }
  return census;
}

function countEntity(
  { section, entity }: { readonly section: Section; readonly entity: Entity },
  owner: CacheOwner,
  census: Census,
): void {
  const id = canonicalHomeAccountId(field(entity, 'home_account_id'));
  const isHere = isOfHost(entity, owner);
  if (section === 'Account') (isHere ? census.accounts : census.accountsElsewhere).add(id);
  if (section !== 'AccessToken' && section !== 'RefreshToken') return;
  const clientId = field(entity, 'client_id').toLowerCase();
  if (clientId !== owner.clientId.toLowerCase()) census.otherClients.add(clientId);
  else (isHere ? census.tokens : census.tokensElsewhere).push(id);
}

function several(count: number, one: string, many: string): string {
  return count === 1 ? one : `${count} ${many}`;
}

function formatList(parts: readonly string[]): string {
  const last = parts.at(-1) ?? '';
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(', ')} and ${last}`;
}
