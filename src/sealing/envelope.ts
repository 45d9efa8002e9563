import { JsonRefused, parseJson } from '../text/json.ts';
import { type Binding, differenceOf, type EntryBinding } from './binding.ts';
import type { EncryptionKey } from './encryption-keys.ts';
import { EnvelopeError } from './envelope-error.ts';
import {
  bindingOf,
  formatVersion,
  isOfOtherVersion,
  isPayload,
  membersOf,
  type Payload,
} from './envelope-payload.ts';
import { detailsIn, type SignInDetails } from './sign-in-details.ts';

export type { Binding, EntryBinding } from './binding.ts';
export { EnvelopeError, type EnvelopeErrorCode } from './envelope-error.ts';

/** What an envelope holds. The JWE's `typ` distinguishes them, so that one is never taken for the other. */
export type EnvelopeType = 'entra-user-token-cache' | 'entra-user-token-pending';

/** What is sealed beside the contents. */
export interface Sealing {
  /** Milliseconds since the epoch. */
  readonly sealedAt: number;
  /** When Entra last gave a new refresh token; milliseconds since the epoch, 0 where it is not known. */
  readonly refreshedAt: number;
  /** Left out for none. */
  readonly details?: SignInDetails;
}

export interface Opened extends Required<Sealing> {
  readonly contents: unknown;
  /** The {@link EncryptionKey.id} that opened it. */
  readonly keyId: string;
}

/**
 * Seals contents as a compact JWE: direct encryption with AES-256-GCM. The header holds only what is needed to choose
 * the key and the type; everything else is inside.
 * @see https://datatracker.ietf.org/doc/html/rfc7516#section-3.1
 */
export async function seal(
  contents: unknown,
  {
    type,
    key,
    binding,
  }: { readonly type: EnvelopeType; readonly key: EncryptionKey; readonly binding: Binding },
  { sealedAt, refreshedAt, details = {} }: Sealing,
): Promise<string> {
  const payload: Payload = {
    version: formatVersion,
    ...membersOf(binding),
    sealedAt,
    refreshedAt,
    ...detailsIn(details),
    contents,
  };
  const { CompactEncrypt } = await import('jose');
  return new CompactEncrypt(new TextEncoder().encode(JSON.stringify(payload)))
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', typ: type, kid: key.id })
    .encrypt(key.bytes);
}

/** True when the text is, or once was, an envelope: the header of each begins so. */
export function looksSealed(text: string): boolean {
  return text.startsWith('eyJ');
}

/** With what an envelope is opened. */
interface Opening {
  readonly type: EnvelopeType;
  /** Any of them may have sealed it. */
  readonly keys: readonly EncryptionKey[];
}

/**
 * Opens an envelope.
 * @param opening `binding`: that of an entry ({@link EntryBinding}) demands an envelope that was sealed as this very entry
 * @throws {EnvelopeError} one {@link EnvelopeErrorCode} for each thing that can be wrong; never a partial result
 */
export async function open(
  text: string,
  { binding, ...opening }: Opening & { readonly binding: Binding },
): Promise<Opened> {
  const { binding: sealedFor, ...opened } = await openForAny(text, opening);
  const difference = differenceOf(sealedFor, binding);
  if (difference) throw new EnvelopeError(difference.code, difference.message);
  return opened;
}

/**
 * Opens an envelope whatever it is bound to, to describe what it holds. To use the contents, {@link open} it.
 * @throws {EnvelopeError}
 */
export async function openForAny(
  text: string,
  { type, keys }: Opening,
): Promise<Opened & { readonly binding: Binding | EntryBinding }> {
  const header = readHeader(text);
  if (header.typ !== type) throw wrongType(header.typ);
  const key = keys.find(({ id }) => id === header.kid);
  if (!key) throw new EnvelopeError('wrong-key', 'was sealed with another key');

  const payload = await decrypt(text, key);
  if (isOfOtherVersion(payload)) {
    throw new EnvelopeError(
      'unknown-version',
      'was sealed by another version of this action, in a format that this one does not know',
    );
  }
  if (!isPayload(payload)) throw changed();
  const { contents, sealedAt, refreshedAt } = payload;
  const details = detailsIn(payload);
  return { binding: bindingOf(payload), contents, sealedAt, refreshedAt, details, keyId: key.id };
}

function changed(): EnvelopeError {
  return new EnvelopeError('tampered', 'was changed after it was sealed');
}

function wrongType(typ: string): EnvelopeError {
  const found: Readonly<Record<string, string>> = {
    'entra-user-token-cache': 'is a stored sign-in, not a pending one',
    'entra-user-token-pending': 'is a pending sign-in, not a stored one',
  } satisfies Record<EnvelopeType, string>;
  return new EnvelopeError('wrong-type', found[typ] ?? 'holds something other than a sign-in');
}

const initializationVectorLength = 12;
const tagLength = 16;

/** Reads the protected header, and refuses every text that is not the canonical form of an envelope. */
function readHeader(text: string): { readonly typ: string; readonly kid: string } {
  const [protectedHeader = '', encryptedKey, initializationVector, ciphertext, tag, ...rest] =
    text.split('.');
  if (initializationVector === undefined || ciphertext === undefined || tag === undefined) {
    throw new EnvelopeError('truncated', 'is not whole: its end is missing');
  }
  if (bytesIn(tag) < tagLength) throw new EnvelopeError('truncated', 'is not whole: its end is missing');

  const canonical =
    rest.length === 0 &&
    encryptedKey === '' &&
    bytesIn(initializationVector) === initializationVectorLength &&
    bytesIn(tag) === tagLength &&
    [protectedHeader, initializationVector, ciphertext, tag].every(isCanonicalBase64url);
  const header = parseHeader(protectedHeader);
  if (!canonical || !header) throw changed();
  return header;
}

function parseHeader(protectedHeader: string): { readonly typ: string; readonly kid: string } | undefined {
  const text = Buffer.from(protectedHeader, 'base64url').toString();
  const match = /^\{"alg":"dir","enc":"A256GCM","typ":"([a-z-]{1,40})","kid":"([0-9a-f]{16})"\}$/.exec(text);
  return match?.[1] && match[2] ? { typ: match[1], kid: match[2] } : undefined;
}

// The last character of base64url may carry bits that no byte uses; texts that differ only there would all be accepted.
function isCanonicalBase64url(part: string): boolean {
  return Buffer.from(part, 'base64url').toString('base64url') === part;
}

function bytesIn(base64url: string): number {
  return Math.floor((base64url.length * 3) / 4);
}

async function decrypt(text: string, key: EncryptionKey): Promise<unknown> {
  const { compactDecrypt } = await import('jose');
  try {
    const { plaintext } = await compactDecrypt(text, key.bytes, {
      keyManagementAlgorithms: ['dir'],
      contentEncryptionAlgorithms: ['A256GCM'],
    });
    return parseJson(new TextDecoder().decode(plaintext));
  } catch (error) {
    if (error instanceof JsonRefused && error.isTooMuch)
      throw new EnvelopeError('tampered', `holds more than this action seals: it ${error.message}`);
    throw changed();
  }
}
