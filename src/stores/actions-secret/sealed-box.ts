import { createPublicKey, diffieHellman, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { hsalsa, xsalsa20poly1305 } from '@noble/ciphers/salsa.js';
import { blake2b } from '@noble/hashes/blake2.js';

const keyLength = 32;
const nonceLength = 24;

/**
 * Encrypts for the owner of a public key, as libsodium's `crypto_box_seal` does: X25519 with a key pair of its own, then
 * XSalsa20-Poly1305. The nonce follows from both public keys, so the box is that public key and the ciphertext.
 * @param publicKey 32 bytes, of X25519
 * @throws when the key is none
 * @see https://doc.libsodium.org/public-key_cryptography/sealed_boxes#algorithm-details
 */
export function sealedBox(message: Uint8Array, publicKey: Uint8Array): Uint8Array {
  const ephemeral = generateKeyPairSync('x25519');
  const ephemeralPublicKey = rawPublicKey(ephemeral.publicKey);
  const nonce = blake2b.create({ dkLen: nonceLength }).update(ephemeralPublicKey).update(publicKey).digest();
  const shared = diffieHellman({
    privateKey: ephemeral.privateKey,
    publicKey: toPublicKey(publicKey),
  });
  const ciphertext = xsalsa20poly1305(boxKey(shared), nonce).encrypt(message);
  return Buffer.concat([ephemeralPublicKey, ciphertext]);
}

/** NaCl does not use the shared secret as it is, but HSalsa20 of it. */
function boxKey(shared: Uint8Array): Uint8Array {
  const out = new Uint32Array(keyLength / 4);
  hsalsa(words(Buffer.from('expand 32-byte k')), words(shared), new Uint32Array(4), out);
  const key = new DataView(new ArrayBuffer(keyLength));
  for (const [index, word] of out.entries()) key.setUint32(index * 4, word, true);
  return new Uint8Array(key.buffer);
}

/** Salsa20 reads its input as little-endian words, whatever the machine's own order is. */
function words(bytes: Uint8Array): Uint32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Uint32Array.from({ length: bytes.length / 4 }, (_, index) => view.getUint32(index * 4, true));
}

// Node takes and gives raw keys as JSON Web Keys only. @see https://datatracker.ietf.org/doc/html/rfc8037#section-2
function toPublicKey(bytes: Uint8Array): KeyObject {
  const x = Buffer.from(bytes).toString('base64url');
  return createPublicKey({ key: { kty: 'OKP', crv: 'X25519', x }, format: 'jwk' });
}

function rawPublicKey(key: KeyObject): Uint8Array {
  return Buffer.from(key.export({ format: 'jwk' }).x ?? '', 'base64url');
}
