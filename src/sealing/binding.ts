import type { EnvelopeErrorCode } from './envelope-error.ts';

/** What every envelope is sealed for, and checked against when it is opened. */
export interface Binding {
  readonly clientId: string;
  /** The authority's URL. */
  readonly authority: string;
}

/**
 * What an entry of the workflow cache is sealed for: all that its key name has, and the repository. The key name itself
 * proves nothing, since whoever may write the workflow cache chooses it. A sign-in in a secret has no such binding:
 * people move it from one repository to another.
 */
export interface EntryBinding extends Binding {
  /** The input `account`, as it stands in the name of the entry; empty for any account. */
  readonly account: string;
  /** The input `cache-name`; may be empty. */
  readonly cacheName: string;
  readonly repository: RepositoryIdentity;
}

/** A repository, as far as the runner tells which one it is. */
export interface RepositoryIdentity {
  /** The server's address, in lower case and without a slash at the end: `https://github.com`. */
  readonly server: string;
  /** The repository's number there, which stays when the repository is renamed; empty where the runner does not tell it. */
  readonly id: string;
  /** `owner/name`, in lower case. */
  readonly name: string;
}

/** True for the binding of an entry of the workflow cache. */
export function isEntryBinding(binding: Binding): binding is EntryBinding {
  return 'repository' in binding;
}

/**
 * Compares what an envelope was sealed for with what it is opened for. Where it is not opened as an entry of the
 * workflow cache, what binds it to one does not count.
 * @returns the first difference, with a message that completes "it …"; undefined where there is none
 */
export function differenceOf(
  sealedFor: Binding,
  wanted: Binding,
): { readonly code: EnvelopeErrorCode; readonly message: string } | undefined {
  if (sealedFor.clientId !== wanted.clientId)
    return { code: 'other-client', message: 'was sealed for another client id' };
  if (sealedFor.authority !== wanted.authority)
    return { code: 'other-authority', message: 'was sealed for another cloud, tenant or authority' };
  return isEntryBinding(wanted) ? differenceOfEntry(sealedFor, wanted) : undefined;
}

function differenceOfEntry(sealedFor: Binding, wanted: EntryBinding): ReturnType<typeof differenceOf> {
  if (!isEntryBinding(sealedFor))
    return {
      code: 'not-bound',
      message: 'was sealed for a secret or token-cache, not for the workflow cache',
    };
  if (sealedFor.account !== wanted.account)
    return { code: 'other-account', message: 'was sealed for another value of the input account' };
  if (sealedFor.cacheName !== wanted.cacheName)
    return { code: 'other-cache-name', message: 'was sealed for another cache-name' };
  if (!isSameRepository(sealedFor.repository, wanted.repository))
    return { code: 'other-repository', message: 'was sealed in another repository' };
  return undefined;
}

// Where the environment has no number, one event tells it and another does not: then the name decides.
function isSameRepository(one: RepositoryIdentity, other: RepositoryIdentity): boolean {
  if (one.server !== other.server) return false;
  return one.id !== '' && other.id !== '' ? one.id === other.id : one.name === other.name;
}
