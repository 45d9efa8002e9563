import { type MsalCache, NotAnMsalCache, parseMsalCache } from '../msal-cache/msal-cache.ts';
import { toMsalNodeCache } from '../msal-cache/msal-node-cache.ts';
import { EnvelopeError, looksSealed } from './envelope.ts';
import { looksPending } from './pending-sign-in.ts';
import { openRecord, type RecordContext, type SignInRecord } from './sign-in-record.ts';

/** What the input `token-cache` turned out to be. */
export type TokenCacheInput =
  | { readonly kind: 'record'; readonly record: SignInRecord }
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
  const trimmed = text.trim();
  if (looksPending(trimmed))
    return { kind: 'invalid', problem: 'is a pending sign-in, and no cache; pass it as pending-sign-in' };
  try {
    if (isSealed(trimmed)) {
      if (context.keys.length === 0)
        return { kind: 'unreadable', reason: 'it is sealed, and encryption-key is not set' };
      return { kind: 'record', record: await openRecord(trimmed, context) };
    }
    const cache = toMsalNodeCache(parsePlainCache(trimmed), context.owner);
    return { kind: 'record', record: { cache, refreshedAt: undefined, keyId: undefined, details: {} } };
  } catch (error) {
    if (error instanceof EnvelopeError) return { kind: 'unreadable', reason: `it ${error.message}` };
    if (error instanceof NotAnMsalCache)
      return { kind: 'invalid', problem: `is no MSAL cache: ${error.message}; ${acceptedForms}` };
    throw error;
  }
}

/** True for what is, or once was, sealed; base64 of JSON begins alike, and has no dot. */
export function isSealed(text: string): boolean {
  return looksSealed(text) && text.includes('.');
}

/**
 * Reads a cache that is not sealed, as JSON or its base64.
 * @throws {NotAnMsalCache}
 */
export function parsePlainCache(text: string): MsalCache {
  return parseMsalCache(text.startsWith('{') ? text : fromBase64(text));
}

function fromBase64(text: string): string {
  const base64 = text.replace(/\s+/g, '');
  if (!/^[A-Za-z0-9+/_-]+={0,2}$/.test(base64)) throw new NotAnMsalCache('it is neither JSON nor base64');
  return Buffer.from(base64, 'base64').toString('utf8');
}
