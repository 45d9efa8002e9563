import type { ArchiveStage } from './archive-stage.ts';
import type { Sighting } from './other-entries.ts';

/** What the parent asks for. */
export type CacheJob =
  | { readonly kind: 'restore'; readonly prefixes: readonly string[] }
  | { readonly kind: 'save'; readonly key: string; readonly text: string }
  /** Tries out whether this machine can pack and unpack. Makes no request. */
  | { readonly kind: 'probe' }
  /** Looks for the newest entry of each compression, without a download. */
  | { readonly kind: 'look-up'; readonly prefixes: readonly string[] };

/** What it is told, one for each prefix, or for the job. */
export type CacheResponse =
  | { readonly kind: 'hit'; readonly key: string; readonly text: string }
  | { readonly kind: 'miss' }
  /** There is an entry, the service responded in full, and what it sent is no archive of a sign-in. */
  | { readonly kind: 'broken' }
  | { readonly kind: 'saved' }
  /** This machine can pack and unpack. */
  | { readonly kind: 'able' }
  | { readonly kind: 'seen'; readonly sightings: readonly Sighting[] }
  /** The runner offers no cache service at all. */
  | { readonly kind: 'absent' }
  /** `final`: it would fail again. */
  | { readonly kind: 'failed'; readonly reason: string; readonly final?: boolean };

/** What it is told while the library or this process tries again, or begins to pack or unpack. */
export type CacheProgress =
  | { readonly kind: 'failing'; readonly reason: string }
  | { readonly kind: 'stage'; readonly stage: ArchiveStage };
