/** What is stored beside a sign-in's tokens, as far as it is known. */
export interface SignInDetails {
  /** When the person signed in; milliseconds since the epoch. */
  readonly signedInAt?: number | undefined;
  /** The shortest lifetime of a sign-in that the tenant's policy was seen to allow; milliseconds. */
  readonly longestLifetime?: number | undefined;
  /** A user name, and the home account id that belonged to it when it was pinned. */
  readonly pinned?: { readonly name: string; readonly id: string } | undefined;
  /** The id of the tenant that this authority's own responses named (`tid`). */
  readonly tenant?: string | undefined;
  /** What an authority outside Entra's clouds said of its endpoints. */
  readonly discovery?:
    | {
        /** Milliseconds since the epoch. */
        readonly fetchedAt: number;
        readonly document: Readonly<Record<string, unknown>>;
      }
    | undefined;
}

/** The last millisecond that a date can tell. */
const endOfTime = 8.64e15;

/** For each detail, whether a value is one. */
export const isDetail: Readonly<Record<keyof SignInDetails, (value: unknown) => boolean>> = {
  signedInAt: isTime,
  longestLifetime: isTime,
  pinned: (value) =>
    isObjectOf(value, ['id', 'name']) && typeof value['id'] === 'string' && typeof value['name'] === 'string',
  tenant: (value) => typeof value === 'string',
  discovery: (value) =>
    isObjectOf(value, ['document', 'fetchedAt']) && isTime(value['fetchedAt']) && isObject(value['document']),
};

/** True for milliseconds since the epoch that are a date, and for a number of milliseconds. */
export function isTime(value: unknown): boolean {
  return typeof value === 'number' && value >= 0 && value <= endOfTime;
}

/**
 * The details among these members that are what they must be. What is sealed passes through here: an invalid number
 * would make the whole sign-in unreadable, and the sign-in is worth more than the number.
 */
export function detailsIn(members: object): SignInDetails {
  const names = Object.keys(isDetail) as (keyof SignInDetails)[];
  const details: Partial<Record<keyof SignInDetails, unknown>> = members;
  return Object.fromEntries(
    names.filter((name) => isDetail[name](details[name])).map((name) => [name, details[name]]),
  );
}

/** True when a store that holds the one needs not be written for the other. What discovery said can be fetched again. */
export function sameDetails(one: SignInDetails, other: SignInDetails): boolean {
  return (
    one.signedInAt === other.signedInAt &&
    one.longestLifetime === other.longestLifetime &&
    one.tenant === other.tenant &&
    one.pinned?.name === other.pinned?.name &&
    one.pinned?.id === other.pinned?.id
  );
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** True for an object with exactly these members. */
export function isObjectOf(value: unknown, names: readonly string[]): value is Record<string, unknown> {
  return (
    isObject(value) &&
    Object.keys(value).length === names.length &&
    names.every((name) => Object.hasOwn(value, name))
  );
}
