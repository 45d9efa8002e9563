import { joined, type PlainText, plain } from '../../text/plain-text.ts';

/** What a look-up without download found: the newest entry of one compression, whatever key sealed it. */
export interface Sighting {
  readonly compression: 'gzip' | 'zstd';
  /** This machine packs and unpacks with it, so that entries of the other one are not found here. */
  readonly isOwn: boolean;
  /** Key of the newest entry; undefined when there is none. */
  readonly key: string | undefined;
}

/**
 * Tells of stored sign-ins that a run did not find: sealed with another key, or packed by another program, both of which
 * are part of what an entry is looked for by.
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
  if (seen.length === 0) return nothingSeen;
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
const nothingSeen = plain`the workflow cache has no entry for this client-id, tenant, account, and cache-name (one that was saved under another of these, or on another branch, is not seen)`;
