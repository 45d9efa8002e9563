import { sameHomeAccountId } from '../entra/home-account-id.ts';
import { homeAccountIds, onlyAccount, parseMsalCache, sameContents } from '../msal-cache/msal-cache.ts';
import type { EncryptionKey } from '../sealing/encryption-keys.ts';
import { type SignInDetails, sameDetails } from '../sealing/sign-in-details.ts';
import type { SignInRecord } from '../sealing/sign-in-record.ts';
import { type PlainText, plain } from '../text/plain-text.ts';

/** What is to be kept. */
export interface Keepsake {
  /** MSAL's serialized cache. */
  readonly cache: string;
  readonly homeAccountId: string;
  /** Milliseconds since the epoch. */
  readonly refreshedAt: number;
  /** Kept where it is sealed; a plain cache has no room for them. */
  readonly details: SignInDetails;
  /** True after a sign-in, which cannot be won again: then saving may take longer, and is tried again. */
  readonly precious: boolean;
  /** True where the run failed after tokens of this account had come: another account in the store may be the one that works. */
  readonly isPartial?: boolean | undefined;
}

export type SaveOutcome =
  /** `remark`: what the user should know all the same, as a sentence. */
  | { readonly is: 'saved'; readonly remark?: PlainText | undefined }
  | { readonly is: 'unchanged' }
  /** `reason` and `fix` in words, without a full stop. */
  | { readonly is: 'failed'; readonly reason: PlainText; readonly fix?: PlainText | undefined };

/** The words of the output `saved-to`. */
export type StoreName = 'workflow-cache' | 'secret';

/** A place that keeps one account's sign-in between runs, and that this run may write to. */
export interface SignInStore {
  readonly name: StoreName;
  /** For messages: "the workflow cache". */
  readonly title: PlainText;
  /** False once it is known that nothing can be kept there. */
  readonly isThere: boolean;
  /**
   * Finds out, before a person is asked to sign in, whether a sign-in could be saved; only where that can be told.
   * @returns a sentence that says why it could not be found out this time; undefined when it can be saved
   * @throws {Failure} when it cannot
   */
  probe?(signal: AbortSignal): Promise<PlainText | undefined>;
  /**
   * Saves when what is held there is absent, different (what is dead differs from what lives), or not sealed with the
   * first key. Never throws: a save that fails is reported.
   */
  save(keepsake: Keepsake, signal: AbortSignal): Promise<SaveOutcome>;
}

/** What is thrown on the way to a store becomes a failed save: what was won is output all the same. */
export async function failedIfThrown(save: () => Promise<SaveOutcome>): Promise<SaveOutcome> {
  try {
    return await save();
  } catch {
    // What it says may quote anything.
    return { is: 'failed', reason: plain`an error that this action does not know` };
  }
}

function holdsOthers(held: SignInRecord | undefined, homeAccountId: string): boolean {
  return held !== undefined && homeAccountIds(held.cache).some((id) => !sameHomeAccountId(id, homeAccountId));
}

/** True when a store needs not be written, or must not be. */
export function isKept(
  held: SignInRecord | undefined,
  { cache, homeAccountId, details, isPartial }: Keepsake,
  sealingKey: EncryptionKey | undefined,
): boolean {
  if (isPartial && holdsOthers(held, homeAccountId)) return true;
  if (held === undefined || held.keyId !== sealingKey?.id) return false;
  if (sealingKey && !sameDetails(held.details, details)) return false;
  return sameContents(held.cache, onlyAccount(parseMsalCache(cache), homeAccountId));
}
