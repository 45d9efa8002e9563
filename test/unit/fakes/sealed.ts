import assert from 'node:assert/strict';
import { CompactEncrypt } from 'jose';
import type { Binding } from '../../../src/sealing/binding.ts';
import { EnvelopeError, type EnvelopeErrorCode, open, seal } from '../../../src/sealing/envelope.ts';
import type { SignInDetails } from '../../../src/sealing/sign-in-details.ts';
import { binding, entryBinding, keyOf } from './record-context.ts';

export const type = 'entra-user-token-cache';

/** Every detail that can be kept beside the tokens of a sign-in. */
export const details = {
  signedInAt: 1_500_000_000_000,
  longestLifetime: 86_400_000,
  pinned: { name: 'alice@contoso.example', id: 'a.b' },
  tenant: 'b',
  discovery: { fetchedAt: 1_600_000_000_000, document: { token_endpoint: 'https://adfs.example/token' } },
} satisfies SignInDetails;

/** An envelope that opens with key 1. */
export const sealed = await seal(
  { secret: 'rt' },
  { type, key: keyOf(1), binding },
  { sealedAt: 2, refreshedAt: 1 },
);

/** The same as an entry of the workflow cache, with all details. */
export const sealedEntry = await seal(
  { secret: 'rt' },
  { type, key: keyOf(1), binding: entryBinding },
  { sealedAt: 2, refreshedAt: 1, details },
);

/** A JWE with this header and payload, made by somebody who has key 1. */
export function jwe(header: Record<string, string>, payload: unknown): Promise<string> {
  return new CompactEncrypt(new TextEncoder().encode(JSON.stringify(payload)))
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', ...header })
    .encrypt(keyOf(1).bytes);
}

/** The error with which key 1 refuses the text; every other end fails the test. */
export async function refusalOf(text: string, of: Binding = binding): Promise<EnvelopeErrorCode> {
  try {
    await open(text, { type, keys: [keyOf(1)], binding: of });
  } catch (error) {
    if (!(error instanceof EnvelopeError)) throw error;
    for (const part of text.split('.').filter(({ length }) => length > 7))
      assert.ok(!error.message.includes(part.slice(0, 8)));
    return error.code;
  }
  return assert.fail(`it was opened, although changed`);
}
