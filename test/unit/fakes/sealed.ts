import assert from 'node:assert/strict';
import { CompactEncrypt } from 'jose';
import { EnvelopeError, type EnvelopeErrorCode, open, seal } from '../../../src/cache/envelope.ts';
import { binding, keyOf } from './record-context.ts';

export const type = 'entra-user-token-cache';

/** An envelope that opens with key 1. */
export const sealed = await seal(type, keyOf(1), binding, { secret: 'rt' }, { sealedAt: 2, refreshedAt: 1 });

/** A JWE with this header and payload, made by somebody who has key 1. */
export function jwe(header: Record<string, string>, payload: unknown): Promise<string> {
  return new CompactEncrypt(new TextEncoder().encode(JSON.stringify(payload)))
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', ...header })
    .encrypt(keyOf(1).bytes);
}

/** The error with which key 1 refuses the text; every other end fails the test. */
export async function refusalOf(text: string, of = binding): Promise<EnvelopeErrorCode> {
  try {
    await open(type, [keyOf(1)], of, text);
  } catch (error) {
    if (!(error instanceof EnvelopeError)) throw error;
    for (const part of text.split('.').filter(({ length }) => length > 7))
      assert.ok(!error.message.includes(part.slice(0, 8)));
    return error.code;
  }
  return assert.fail(`it was opened, although changed`);
}
