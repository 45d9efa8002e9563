import { type MsalCache, NotAnMsalCache, onlyAccount, toMsalCache } from '../msal-cache/msal-cache.ts';
import { type CacheOwner, toMsalNodeCache } from '../msal-cache/msal-node-cache.ts';
import type { EncryptionKey } from './encryption-keys.ts';
import { type Binding, type EntryBinding, EnvelopeError, open, seal } from './envelope.ts';
import type { SignInDetails } from './sign-in-details.ts';

export type { SignInDetails } from './sign-in-details.ts';

/** A sign-in as it is stored between runs. */
export interface SignInRecord {
  readonly cache: MsalCache;
  /** When Entra last responded with a new refresh token, milliseconds since the epoch; unknown for a plain cache. */
  readonly refreshedAt: number | undefined;
  /** Id of the key that sealed it; undefined for a plain cache. */
  readonly keyId: string | undefined;
  /** None for a plain cache. */
  readonly details: SignInDetails;
}

/** What is needed to seal and to recognize the sign-ins of one step. */
export interface RecordContext {
  readonly owner: CacheOwner;
  readonly binding: Binding;
  /** The first seals, all open. */
  readonly keys: readonly EncryptionKey[];
}

/** The same for the entries of the workflow cache. */
export interface EntryContext extends RecordContext {
  readonly binding: EntryBinding;
}

/**
 * Opens a sealed sign-in and makes it fit MSAL Node.
 * @throws {EnvelopeError} why it was not opened
 */
export async function openRecord(
  text: string,
  { owner, binding, keys }: RecordContext,
): Promise<SignInRecord> {
  const { contents, refreshedAt, keyId, details } = await open(text, {
    type: 'entra-user-token-cache',
    keys,
    binding,
  });
  try {
    return { cache: toMsalNodeCache(toMsalCache(contents), owner), refreshedAt, keyId, details };
  } catch (error) {
    if (error instanceof NotAnMsalCache)
      throw new EnvelopeError('tampered', `holds no MSAL cache: ${error.message}`);
    throw error;
  }
}

/** Seals one account's sign-in. `now`: milliseconds since the epoch. */
export async function sealRecord(
  record: {
    readonly cache: MsalCache;
    readonly homeAccountId: string;
    readonly refreshedAt: number;
    readonly details: SignInDetails;
  },
  { key, binding, now }: { readonly key: EncryptionKey; readonly binding: Binding; readonly now: number },
): Promise<string> {
  const contents = onlyAccount(record.cache, record.homeAccountId);
  return seal(
    contents,
    { type: 'entra-user-token-cache', key, binding },
    {
      sealedAt: now,
      refreshedAt: record.refreshedAt,
      details: record.details,
    },
  );
}
