import { type Binding, type EntryBinding, isEntryBinding } from './binding.ts';
import { isDetail, isObject, isObjectOf, isTime, type SignInDetails } from './sign-in-details.ts';

/** The format of what is inside an envelope. */
export const formatVersion = 2;

/** What is inside an envelope of this version. */
export type Payload = SealedFor &
  SignInDetails & {
    readonly version: typeof formatVersion;
    /** Milliseconds since the epoch. */
    readonly sealedAt: number;
    /** When Entra last gave a new refresh token; milliseconds since the epoch, 0 where it is not known. */
    readonly refreshedAt: number;
    readonly contents: unknown;
  };

/** A payload has all members of an entry, or none. */
type SealedFor = Binding & Partial<Omit<EntryBinding, keyof Binding>>;

type Check = (value: unknown) => boolean;

const isText: Check = (value) => typeof value === 'string';

const always: Readonly<Record<string, Check>> = {
  version: (value) => value === formatVersion,
  clientId: isText,
  authority: isText,
  sealedAt: isTime,
  refreshedAt: isTime,
  contents: () => true,
};

const ofEntries: Readonly<Record<string, Check>> = {
  account: isText,
  cacheName: isText,
  repository: (value) =>
    isObjectOf(value, ['id', 'name', 'server']) && Object.values(value).every((part) => isText(part)),
};

const checks: Readonly<Record<string, Check>> = { ...always, ...ofEntries, ...isDetail };

/** True when no member is missing, each is of its type, and none is unknown to this version. */
export function isPayload(value: unknown): value is Payload {
  if (!isObject(value)) return false;
  const has = (name: string): boolean => Object.hasOwn(value, name);
  const entryMembers = Object.keys(ofEntries);
  return (
    Object.keys(always).every(has) &&
    (entryMembers.every(has) || !entryMembers.some(has)) &&
    Object.entries(value).every(([name, member]) => Object.hasOwn(checks, name) && checks[name]?.(member))
  );
}

/** True for a payload of another version of this format, whatever else is in it. */
export function isOfOtherVersion(value: unknown): boolean {
  return isObject(value) && typeof value['version'] === 'number' && value['version'] !== formatVersion;
}

/** What of a binding is written; nothing else that the object may hold. */
export function membersOf(binding: Binding): SealedFor {
  const { clientId, authority } = binding;
  if (!isEntryBinding(binding)) return { clientId, authority };
  const { account, cacheName, repository } = binding;
  const { server, id, name } = repository;
  return { clientId, authority, account, cacheName, repository: { server, id, name } };
}

/** What a payload was sealed for. */
export function bindingOf({
  clientId,
  authority,
  account,
  cacheName,
  repository,
}: Payload): Binding | EntryBinding {
  return repository === undefined || account === undefined || cacheName === undefined
    ? { clientId, authority }
    : { clientId, authority, account, cacheName, repository };
}
