import { createHash, randomBytes } from 'node:crypto';

/**
 * Names the entries of one sign-in. Two people, or two clients, in one repository must not evict each other. Each part
 * counts as it is written.
 */
export interface EntryName {
  readonly clientId: string;
  readonly authority: string;
  /** The only account accepted, in one spelling for all that mean the same; empty for any. */
  readonly account: string;
  /** Given by the user, to keep several sign-ins apart; may be empty. */
  readonly cacheName: string;
}

/** What the keys of all entries of this action begin with. */
export const actionPrefix = 'entra-user-token-v1-';

/** What the keys of all entries of one sign-in begin with, whatever key seals them. */
export function entryPrefix(name: EntryName): string {
  const parts = [name.clientId, name.authority, name.account, name.cacheName];
  const fingerprint = createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 20);
  return `${actionPrefix}${fingerprint}-`;
}

/** What the start of each key says; up to the id of the encryption key it is the same for all runs. */
export function restorePrefix(name: EntryName, keyId: string): string {
  return `${entryPrefix(name)}${keyId}-`;
}

/** A key that no entry has: entries are immutable, so each save needs a new one. */
export function freshKey(prefix: string, run: { readonly id: string; readonly attempt: number }): string {
  return `${prefix}${run.id}-${run.attempt}-${randomBytes(6).toString('hex')}`;
}
