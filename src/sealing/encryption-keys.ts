import { createHash } from 'node:crypto';
import { problemResult, type Result, valueResult } from '../result.ts';

/** A key that seals and opens what is kept between runs. */
export interface EncryptionKey {
  /** 32 bytes, for AES-256-GCM. */
  readonly bytes: Uint8Array;
  /** Fingerprint of the key: 16 hexadecimal digits, safe to show and to use in a cache key. */
  readonly id: string;
}

export const maximumKeys = 9;
const keyLength = 32;

/**
 * Reads the lines of the input `encryption-key`: one key a line, each 32 bytes in base64, base64url or hexadecimal.
 * The first seals, all open.
 * @returns the keys, or in words what is wrong with the text, without quoting it
 */
export function parseEncryptionKeys(text: string): Result<readonly EncryptionKey[]> {
  const lines = text.split(/\s+/).filter((line) => line !== '');
  if (lines.length > maximumKeys)
    return problemResult(`holds ${lines.length} keys; at most ${maximumKeys} are allowed`);

  const keys: EncryptionKey[] = [];
  for (const [index, line] of lines.entries()) {
    const bytes = decodeKey(line);
    if (!bytes)
      return problemResult(
        `${lines.length > 1 ? `line ${index + 1} ` : ''}is not 32 bytes in base64, base64url or hexadecimal; make one with: openssl rand -base64 32`,
      );
    const key = { bytes, id: fingerprintOf(bytes) };
    if (keys.some(({ id }) => id === key.id))
      return problemResult(`line ${index + 1} repeats an earlier key`);
    keys.push(key);
  }
  return valueResult(keys);
}

/** Every text form in which a key might be printed, for masking. */
export function textForms({ bytes }: EncryptionKey): readonly string[] {
  const buffer = Buffer.from(bytes);
  return [
    ...new Set([
      buffer.toString('base64'),
      buffer.toString('base64url'),
      buffer.toString('hex'),
      buffer.toString('hex').toUpperCase(),
    ]),
  ];
}

function decodeKey(line: string): Uint8Array | undefined {
  // 64 hexadecimal digits are base64 too (of 48 bytes), so this form is asked for first.
  if (/^[0-9a-f]{64}$/i.test(line)) return Buffer.from(line, 'hex');
  if (!/^[A-Za-z0-9+/_-]{43}=?$/.test(line)) return undefined;
  const bytes = Buffer.from(line, 'base64');
  return bytes.length === keyLength ? bytes : undefined;
}

function fingerprintOf(bytes: Uint8Array): string {
  return createHash('sha256')
    .update('entra-user-token encryption key\n')
    .update(bytes)
    .digest('hex')
    .slice(0, 16);
}
