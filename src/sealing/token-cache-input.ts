import { homeAccountIds, NotAnMsalCache, parseJsonOfCache, toMsalCache } from '../msal-cache/msal-cache.ts';
import { toMsalNodeCache } from '../msal-cache/msal-node-cache.ts';
import { jsonLimits } from '../text/json.ts';
import { EnvelopeError, looksSealed } from './envelope.ts';
import { looksPending } from './pending-sign-in.ts';
import { openRecord, type RecordContext, type SignInRecord } from './sign-in-record.ts';

/** What the input `token-cache` turned out to be. */
export type TokenCacheInput =
  | { readonly kind: 'record'; readonly record: SignInRecord }
  /** A cache without any entry, which is as good as no input. */
  | { readonly kind: 'empty' }
  /** A cache in which nobody is signed in to this client and authority. `found`: what is in it instead, in words. */
  | { readonly kind: 'ignored'; readonly found: string }
  /** Sealed, but not to be opened here. */
  | { readonly kind: 'unreadable'; readonly reason: string }
  /** No cache in any form. */
  | { readonly kind: 'invalid'; readonly problem: string };

/** In words, what a cache may be given as. */
export const acceptedForms =
  'give the serialized MSAL cache as compact JSON in one line, as the base64 of that JSON, or as this action sealed it';

/**
 * Reads a serialized MSAL cache from a secret: compact JSON, its base64, or the sealed form. The text is never quoted.
 */
export async function readTokenCacheInput(text: string, context: RecordContext): Promise<TokenCacheInput> {
  if (looksPending(text.trim()))
    return { kind: 'invalid', problem: 'is a pending sign-in, not a cache; pass it as pending-sign-in' };
  try {
    const inner = await unwrapped(text);
    return isSealed(inner) ? await openSealed(inner, context) : await readPlain(inner, context);
  } catch (error) {
    if (error instanceof EnvelopeError) return { kind: 'unreadable', reason: `it ${error.message}` };
    if (error instanceof NotAnMsalCache)
      return { kind: 'invalid', problem: `${await describeWrongFormat(text, error)}; ${acceptedForms}` };
    throw error;
  }
}

/** True for what is, or once was, sealed; base64 of JSON begins alike, and has no dot; a JWT has a payload. */
export function isSealed(text: string): boolean {
  if (!looksSealed(text) || !text.includes('.')) return false;
  const [header = '', encryptedKey] = text.split('.', 2);
  return (
    encryptedKey === '' || Buffer.from(header, 'base64url').toString().includes('"typ":"entra-user-token')
  );
}

/**
 * Why a text is no cache, for a person: what it is instead, as far as that can be told.
 * @returns words that follow "token-cache" or "it"
 */
export async function describeWrongFormat(text: string, error: NotAnMsalCache): Promise<string> {
  // Loaded here: few runs need it.
  const { recognize } = await import('./wrong-formats.ts');
  return recognize(text) ?? `is not an MSAL cache: ${error.message}`;
}

/**
 * The JSON, or the sealed text, in whatever a cache was wrapped in on its way into a secret.
 * @throws {NotAnMsalCache}
 */
export async function unwrapped(text: string): Promise<string> {
  const trimmed = text.trim();
  if (isSealed(trimmed) || (trimmed.startsWith('{') && !trimmed.includes('\0'))) return trimmed;
  // Loaded here: most caches are not wrapped.
  const { unwrap } = await import('./wrapped-cache.ts');
  return unwrap(text);
}

// What a run adds to a cache must still be read when it is saved.
const cacheLimits = { ...jsonLimits, members: 40_000 };

/**
 * Parses the JSON of a cache that came from outside; no text is an empty cache.
 * @throws {NotAnMsalCache}
 */
export function parsePlainJson(text: string): unknown {
  return text === '' ? {} : parseJsonOfCache(text, cacheLimits);
}

async function openSealed(text: string, context: RecordContext): Promise<TokenCacheInput> {
  if (context.keys.length === 0)
    return { kind: 'unreadable', reason: 'it is sealed, and encryption-key is not set' };
  const record = await openRecord(text, context);
  if (homeAccountIds(record.cache).length > 0) return { kind: 'record', record };
  return { kind: 'ignored', found: 'a sealed cache without an account' };
}

async function readPlain(text: string, { owner }: RecordContext): Promise<TokenCacheInput> {
  const contents = parsePlainJson(text);
  const cache = toMsalNodeCache(toMsalCache(contents), owner);
  if (homeAccountIds(cache).length > 0)
    return { kind: 'record', record: { cache, refreshedAt: undefined, keyId: undefined, details: {} } };
  const { isEmpty, describeContents } = await import('../msal-cache/what-is-in.ts');
  return isEmpty(contents)
    ? { kind: 'empty' }
    : { kind: 'ignored', found: describeContents(contents, owner) };
}
