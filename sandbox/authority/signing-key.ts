import { calculateJwkThumbprint, exportJWK, generateKeyPair } from 'jose';
import type { SigningKey } from './state.ts';

/** A new key for tokens: ES256, which is made in a millisecond where Entra's RS256 takes a hundred. */
export async function generateSigningKey(): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
  const publicJwk = await exportJWK(publicKey);
  const described = { alg: 'ES256', use: 'sig', kid: await calculateJwkThumbprint(publicJwk) };
  return {
    privateKey,
    publicKey,
    publicJwk: { ...publicJwk, ...described },
    privateJwk: { ...(await exportJWK(privateKey)), ...described },
  };
}
