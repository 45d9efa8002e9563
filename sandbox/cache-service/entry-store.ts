/**
 * The cache entries, and the platform's rules about them: an entry never changes once it is there, and the
 * search goes branch by branch.
 */
import type { CacheScope } from './runtime-tokens.ts';

export interface CacheEntry {
  readonly id: number;
  readonly key: string;
  /** Hash the client makes over paths, compression and platform; entries of another version are never found. */
  readonly version: string;
  /** Full git ref of the branch whose caches this belongs to. */
  readonly scope: string;
  /** The archive as the client uploaded it: a tar, compressed with zstd or gzip. */
  readonly bytes: Buffer;
  /** Bytes. */
  readonly size: number;
  readonly createdAt: Date;
  /** When it was last restored, else when it was created; the platform removes what was unused for 7 days. */
  readonly lastUsedAt: Date;
}

/** What distinguishes an entry: two of them never share all three. */
type EntryName = Pick<CacheEntry, 'key' | 'version' | 'scope'>;

interface Reservation extends EntryName {
  readonly id: number;
  bytes: Buffer | undefined;
}

export class EntryStore {
  #lastId = 0;
  #entries: CacheEntry[] = [];
  #reservations: Reservation[] = [];

  get entries(): readonly CacheEntry[] {
    return this.#entries;
  }

  /** Reserves a name for an upload. `undefined` where it is taken, be it by an upload that was never finished. */
  reserve(name: EntryName): { readonly id: number } | undefined {
    if ([...this.#entries, ...this.#reservations].some((other) => sameName(other, name))) return undefined;
    const reservation = { ...name, id: this.#nextId(), bytes: undefined };
    this.#reservations.push(reservation);
    return reservation;
  }

  /** Takes the archive of a reservation; false where there is none of this id. */
  upload(id: number, bytes: Buffer): boolean {
    const reservation = this.#reservations.find((other) => other.id === id);
    if (!reservation) return false;
    reservation.bytes = bytes;
    return true;
  }

  /** Makes a reservation an entry; a string says why not. */
  finalize(name: EntryName, size: number): CacheEntry | string {
    const reservation = this.#reservations.find((other) => sameName(other, name));
    if (!reservation) return 'cache entry was not reserved';
    if (reservation.bytes?.length !== size)
      return 'size of the uploaded archive differs from the announced one';
    this.#reservations = this.#reservations.filter((other) => other !== reservation);
    return this.#add(reservation.id, { ...name, bytes: reservation.bytes });
  }

  /**
   * Finds what a job restores: in each scope, in the order of its token, first the exact key, then the newest
   * entry that begins with it, then the newest for each restore key.
   *
   * @see https://docs.github.com/en/actions/reference/workflows-and-actions/dependency-caching#cache-key-matching
   */
  find(scopes: readonly CacheScope[], version: string, key: string, restoreKeys: readonly string[]) {
    for (const { ref } of scopes) {
      const visible = this.#entries
        .filter((entry) => entry.scope === ref && entry.version === version)
        .sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime() || b.id - a.id);
      const exact = visible.find((entry) => entry.key === key);
      if (exact) return exact;
      for (const prefix of [key, ...restoreKeys]) {
        const found = visible.find((entry) => entry.key.startsWith(prefix));
        if (found) return found;
      }
    }
    return undefined;
  }

  /** The archive of an entry, which counts as a use of it. */
  download(id: number): Buffer | undefined {
    const entry = this.#entries.find((other) => other.id === id);
    if (!entry) return undefined;
    this.#change(entry, { lastUsedAt: new Date() });
    return entry.bytes;
  }

  /** Puts an entry there from outside; one of the same name makes room. */
  plant(entry: EntryName & { readonly bytes: Buffer; readonly createdAt?: Date }): CacheEntry {
    this.#entries = this.#entries.filter((other) => !sameName(other, entry));
    return this.#add(this.#nextId(), entry);
  }

  /** Swaps the archive of each entry with this key, as no client could. Returns how many there were. */
  replace(key: string, bytes: Buffer): number {
    const changed = this.#entries.filter((entry) => entry.key === key);
    for (const entry of changed) this.#change(entry, { bytes, size: bytes.length });
    return changed.length;
  }

  /** Removes each entry with this key. Returns how many there were. */
  remove(key: string): number {
    const before = this.#entries.length;
    this.#entries = this.#entries.filter((entry) => entry.key !== key);
    return before - this.#entries.length;
  }

  clear(): void {
    this.#entries = [];
    this.#reservations = [];
  }

  #add(
    id: number,
    { key, version, scope, bytes, createdAt = new Date() }: Parameters<EntryStore['plant']>[0],
  ) {
    const entry = { id, key, version, scope, bytes, size: bytes.length, createdAt, lastUsedAt: createdAt };
    this.#entries.push(entry);
    return entry;
  }

  #change(entry: CacheEntry, change: Partial<CacheEntry>): void {
    this.#entries = this.#entries.map((other) => (other === entry ? { ...other, ...change } : other));
  }

  #nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }
}

function sameName(a: EntryName, b: EntryName): boolean {
  return a.key === b.key && a.version === b.version && a.scope === b.scope;
}
