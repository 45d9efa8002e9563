import { joined, type PlainText, plain } from '../../text/plain-text.ts';
import { actionPrefix } from './entries.ts';

/** What a look-up without download found: the newest entry of one compression, whatever key sealed it. */
export interface Sighting {
  readonly compression: 'gzip' | 'zstd';
  /** This machine packs and unpacks with it, so that entries of the other one are not found here. */
  readonly isOwn: boolean;
  /** Key of the newest entry; undefined when there is none. */
  readonly key: string | undefined;
}

/**
 * Tells of stored sign-ins that a run did not find: sealed with another key, packed by another program, or of another
 * name, all of which are part of what an entry is looked for by.
 * @param prefix what the keys of all entries of this sign-in begin with, up to the id of the encryption key
 * @param keyIds of the keys that are given
 * @returns a clause that can stand in a sentence; undefined when there is nothing to tell
 */
export function describeOthers(
  sightings: readonly Sighting[],
  prefix: string,
  keyIds: readonly string[],
): PlainText | undefined {
  const seen = sightings.flatMap(({ key, ...sighting }) =>
    key?.startsWith(prefix) ? [{ ...sighting, key }] : [],
  );
  if (seen.length === 0) {
    const isOtherName = sightings.some(({ key }) => key?.startsWith(actionPrefix));
    return isOtherName ? joined([otherName, nothingSeen], plain`; `) : nothingSeen;
  }
  const isOtherKey = seen.some(({ key }) => !keyIds.some((id) => key.startsWith(`${prefix}${id}-`)));
  const otherProgram = seen.find(({ isOwn }) => !isOwn)?.compression;
  const told = [isOtherKey ? [otherKey] : [], otherProgram ? [packedWith[otherProgram]] : []].flat();
  return told.length > 0 ? joined(told, plain`; `) : undefined;
}

const otherKey = plain`the workflow cache has an entry that is sealed with another key (was encryption-key changed?)`;
const packedWith = {
  zstd: plain`the workflow cache has an entry that was packed with zstd, which this machine lacks (install zstd)`,
  gzip: plain`the workflow cache has an entry that was packed on a machine without zstd, and this machine has it (install zstd there)`,
};
const otherName = plain`the workflow cache has an entry for another client-id, tenant, account, or cache-name (was one of these changed?)`;
const nothingSeen = plain`the workflow cache has no entry for this client-id, tenant, account, and cache-name: nobody has signed in yet, GitHub removed the entry (unused for 7 days, or more than 10 GB of caches), or it was saved on another branch`;

/**
 * What may have become of a stored sign-in, where it could not be looked for.
 * @returns a clause that can stand in a sentence; undefined where one was found that cannot be used, which the log tells
 */
export function describeUnknown({
  warnings,
}: {
  readonly warnings: readonly PlainText[];
}): PlainText | undefined {
  return warnings.length > 0 ? undefined : anyCause;
}

const anyCause = plain`nobody has signed in yet, GitHub removed the entry (unused for 7 days, or more than 10 GB of caches), or it was saved on another branch, or with another encryption-key, client-id, tenant, account, or cache-name`;
