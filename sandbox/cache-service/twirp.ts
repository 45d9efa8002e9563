/**
 * The three Twirp methods of the cache service, protocol v2, with the answers the real service gives.
 *
 * The messages are those of `github.actions.results.api.v1` in `@actions/cache`, in the JSON form with the names
 * as in the proto file (snake_case) and 64-bit numbers as strings.
 */
import type { Answer } from '../faults.ts';
import type { SignedUrls } from './blob-storage.ts';
import type { EntryStore } from './entry-store.ts';
import type { CacheScope } from './runtime-tokens.ts';

export const twirpPrefix = '/twirp/github.actions.results.api.v1.CacheService/';

/** Names of the methods, and what they are called in a fault plan. */
export const twirpMethods = {
  CreateCacheEntry: 'create',
  FinalizeCacheEntryUpload: 'finalize',
  GetCacheEntryDownloadURL: 'lookup',
} as const;

export type TwirpMethod = keyof typeof twirpMethods;

export interface TwirpCall {
  readonly method: TwirpMethod;
  readonly scopes: readonly CacheScope[];
  readonly key: string;
  readonly version: string;
  readonly restoreKeys: readonly string[];
  /** Bytes; NaN where the message has none. */
  readonly size: number;
}

/** Reads the message of a call; `undefined` where it lacks what every method needs. */
export function parseCall(
  method: TwirpMethod,
  scopes: readonly CacheScope[],
  body: string,
): TwirpCall | undefined {
  const message = parseObject(body);
  const { key, version, restore_keys: restoreKeys, size_bytes: size } = message;
  if (typeof key !== 'string' || typeof version !== 'string' || key === '' || version === '')
    return undefined;
  return {
    method,
    scopes,
    key,
    version,
    restoreKeys: Array.isArray(restoreKeys) ? restoreKeys.filter((item) => typeof item === 'string') : [],
    size: Number(size),
  };
}

export function answerCall(call: TwirpCall, store: EntryStore, urls: SignedUrls): Answer {
  switch (call.method) {
    case 'CreateCacheEntry':
      return create(call, store, urls);
    case 'FinalizeCacheEntryUpload':
      return finalize(call, store);
    case 'GetCacheEntryDownloadURL':
      return lookUp(call, store, urls);
  }
}

/** A Twirp error. @see https://twitchtv.github.io/twirp/docs/spec_v7.html#error-codes */
export function twirpError(status: number, code: string, msg: string, headers = {}): Answer {
  return { ...json({ code, msg }), status, headers: { 'content-type': 'application/json', ...headers } };
}

function create(call: TwirpCall, store: EntryStore, urls: SignedUrls): Answer {
  const scope = writableScope(call);
  // A refusal by policy is a success of HTTP: the client knows it by the prefix of the message.
  if (scope === undefined)
    return json({ ok: false, message: 'cache write denied: token has no writable scopes' });
  const reservation = store.reserve({ key: call.key, version: call.version, scope });
  if (!reservation) {
    const message = 'cache entry with the same key, version, and scope already exists';
    return twirpError(409, 'already_exists', message);
  }
  return json({ ok: true, signed_upload_url: urls.sign('upload', reservation.id) });
}

function finalize(call: TwirpCall, store: EntryStore): Answer {
  const scope = writableScope(call);
  if (scope === undefined)
    return json({ ok: false, message: 'cache write denied: token has no writable scopes' });
  const entry = store.finalize({ key: call.key, version: call.version, scope }, call.size);
  if (typeof entry === 'string') return json({ ok: false, message: entry });
  return json({ ok: true, entry_id: String(entry.id) });
}

function lookUp(call: TwirpCall, store: EntryStore, urls: SignedUrls): Answer {
  if (call.scopes.length === 0) {
    return twirpError(403, 'permission_denied', 'cache read denied: token has no readable scopes');
  }
  const entry = store.find(call.scopes, call.version, call.key, call.restoreKeys);
  if (!entry) return json({ ok: false });
  return json({ ok: true, signed_download_url: urls.sign('download', entry.id), matched_key: entry.key });
}

function writableScope({ scopes }: TwirpCall): string | undefined {
  return scopes.find(({ permission }) => permission === 'read-write')?.ref;
}

function json(message: object): Answer {
  return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(message) };
}

function parseObject(body: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
