import type { Clock } from '../clock.ts';
import { sameHomeAccountId } from '../entra/home-account-id.ts';
import type { Transport } from '../http/transport.ts';
import { homeAccountIds, onlyAccount, parseMsalCache, sameContents } from '../msal-cache/msal-cache.ts';
import type { RepositoryIdentity } from '../sealing/binding.ts';
import type { EncryptionKey } from '../sealing/encryption-keys.ts';
import { type SignInDetails, sameDetails } from '../sealing/sign-in-details.ts';
import type { RecordContext, SignInRecord } from '../sealing/sign-in-record.ts';
import { type PlainText, plain } from '../text/plain-text.ts';

/** A sign-in that was restored from a store. */
export interface StoredSignIn {
  /** Where it was found, for the log. */
  readonly origin: string;
  readonly record: SignInRecord;
  /** Somebody chose it for this step, by an input. */
  readonly isInput: boolean;
}

/** What a store holds of the sign-in of this step. */
export type Restored =
  | {
      readonly kind: 'restored';
      readonly signIns: readonly StoredSignIn[];
      /** It holds one that cannot be used; the log was told why. */
      readonly hasIgnored?: boolean;
    }
  /** The store, or a part of it, could not be read: a sign-in may still be there. `reason` in words, without a full stop. */
  | {
      readonly kind: 'unreadable';
      readonly signIns: readonly StoredSignIn[];
      readonly reason: PlainText;
      readonly hasIgnored?: boolean;
    }
  /** This machine or runner has no such store. `reason` in words, without a full stop. */
  | { readonly kind: 'unsupported'; readonly reason: PlainText };

/** What is to be saved. */
export interface SignInToSave {
  /** MSAL's serialized cache. */
  readonly cache: string;
  readonly homeAccountId: string;
  /** Milliseconds since the epoch. */
  readonly refreshedAt: number;
  /** Saved where it is sealed; a plain cache has no room for them. */
  readonly details: SignInDetails;
  /** True after a sign-in, which only a person can repeat: then saving may take longer, and is retried. */
  readonly isNewSignIn: boolean;
  /** True where the run failed after it obtained tokens of this account: another account in the store may be the one that works. */
  readonly isPartial?: boolean | undefined;
}

export type SaveOutcome =
  /** `remark`: what the user should know nevertheless, as a sentence. */
  | { readonly kind: 'saved'; readonly remark?: PlainText | undefined }
  | { readonly kind: 'unchanged' }
  /** `reason` and `fix` in words, without a full stop. */
  | { readonly kind: 'failed'; readonly reason: PlainText; readonly fix?: PlainText | undefined };

/** A place that keeps one account's sign-in between runs. */
export interface SignInStore {
  /** The word of the output `saved-to`. */
  readonly name: string;
  /** For messages: "the workflow cache". */
  readonly title: PlainText;
  /** True where runs on other branches do not see what this run saves. */
  readonly isPerBranch: boolean;

  /**
   * Reads what is stored. Called once, before anything else. Tells the log of what cannot be used.
   * @throws {Failure} `bad-input` when what an input holds is no sign-in in any form
   */
  restore(signal: AbortSignal): Promise<Restored>;

  /**
   * Looks, where nothing was restored, for sign-ins that `restore` does not see. Never throws.
   * @returns a clause that can stand after a reason; undefined when there is nothing to tell
   */
  findOthers?(signal: AbortSignal): Promise<PlainText | undefined>;

  /**
   * Finds out, before a person is asked to sign in, whether a sign-in could be saved; only where that can be told.
   * @returns a sentence that says why it could not be found out this time; undefined when it can be saved
   * @throws {Failure} when it cannot
   */
  probe?(signal: AbortSignal): Promise<PlainText | undefined>;

  /**
   * Saves when what is stored there is absent, different, or not sealed with the first key. Never throws: a save that
   * fails is reported. Left out where a run can only read.
   */
  save?(signIn: SignInToSave, signal: AbortSignal): Promise<SaveOutcome>;
}

/** A store that this run can write to. */
export type WritableStore = SignInStore & Required<Pick<SignInStore, 'save'>>;

export function isWritable(store: SignInStore): store is WritableStore {
  return store.save !== undefined;
}

/** What stores are opened with. */
export interface StoreSetup {
  readonly settings: StoreSettings;
  /** Which sign-ins belong to this step, and how they are sealed. */
  readonly context: RecordContext;
  readonly run: {
    readonly id: string;
    readonly attempt: number;
    readonly repository: string;
    readonly repositoryIdentity: RepositoryIdentity;
    /** Base address of GitHub's REST API. */
    readonly apiUrl: string;
  };
  readonly environment: NodeJS.ProcessEnv;
  readonly clock: Clock;
  readonly network: {
    readonly transport: Transport;
    readonly clock: Clock;
    /** From 0 up to 1. */
    readonly random: () => number;
  };
  readonly log: { readonly info: (line: PlainText) => void; readonly warning: (line: PlainText) => void };
}

/** The inputs of the step that are about stores. */
export interface StoreSettings {
  /** `workflow-cache` */
  readonly workflowCache: boolean;
  /** `cache-name`; may be empty. */
  readonly cacheName: string;
  /** `account`, in one spelling for all that mean the same; empty for any. */
  readonly account: string;
  /** `token-cache`; empty for none. */
  readonly tokenCache: string;
  /** `secret-name`, `secret-token` and `secret-environment`. */
  readonly secret:
    | {
        /** In upper case, as the platform stores it. */
        readonly name: string;
        readonly token: string;
        /** Empty for a secret of the repository. */
        readonly environment: string;
      }
    | undefined;
}

/** Opens a store; undefined where the inputs do not ask for it. It loads what it needs only then. */
export type OpenStore = (setup: StoreSetup) => Promise<SignInStore | undefined>;

/** Makes a failed save of what is thrown on the way to a store: the token is output all the same. */
export async function failedIfThrown(save: () => Promise<SaveOutcome>): Promise<SaveOutcome> {
  try {
    return await save();
  } catch {
    // What it says may quote anything.
    return { kind: 'failed', reason: plain`an unexpected error` };
  }
}

function holdsOthers(current: SignInRecord | undefined, homeAccountId: string): boolean {
  return (
    current !== undefined && homeAccountIds(current.cache).some((id) => !sameHomeAccountId(id, homeAccountId))
  );
}

/**
 * True when a store need not be written, or must not be.
 * @param current what it holds now
 */
export function isUpToDate(
  current: SignInRecord | undefined,
  { cache, homeAccountId, details, isPartial }: SignInToSave,
  sealingKey: EncryptionKey | undefined,
): boolean {
  if (isPartial && holdsOthers(current, homeAccountId)) return true;
  if (current === undefined || current.keyId !== sealingKey?.id) return false;
  if (sealingKey && !sameDetails(current.details, details)) return false;
  return sameContents(current.cache, onlyAccount(parseMsalCache(cache), homeAccountId));
}
