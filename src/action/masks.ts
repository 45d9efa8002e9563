import { getInput, setSecret } from '@actions/core';
import { parseEncryptionKeys, textForms } from '../cache/encryption-keys.ts';
import { looksPending } from '../cache/pending-sign-in.ts';

/**
 * Masks a secret in the log from now on, and the payload and signature of a JWT on their own: the runner does not know
 * that they are parts of one.
 */
export function mask(secret: string): void {
  if (secret.trim() === '') return;
  setSecret(secret);
  const [header = '', payload, signature, ...rest] = secret.split('.');
  if (!header.startsWith('eyJ') || !payload || !signature || rest.length > 0) return;
  setSecret(payload);
  setSecret(signature);
}

const shortestSecret = 8;

/** Masks what the inputs hold of secrets, before anything else is done with them. */
export function maskInputs(): void {
  const keyText = getInput('encryption-key');
  // A mask of a few characters would shred the log; what is so short is no key.
  for (const line of keyText.split(/\s+/)) if (line.length >= shortestSecret) mask(line);
  const keys = parseEncryptionKeys(keyText);
  if (typeof keys !== 'string') for (const form of keys.flatMap(textForms)) mask(form);

  const secretToken = getInput('secret-token');
  if (secretToken.length >= shortestSecret) mask(secretToken);

  // Of a cache in several lines each line would become a mask, "{" among them; its tokens are masked when it is read.
  const tokenCache = getInput('token-cache');
  if (!tokenCache.includes('\n')) mask(tokenCache);
  // A pending sign-in is sealed, and shown by the platform; but a cache may have been given in its place.
  const pendingSignIn = getInput('pending-sign-in');
  if (!looksPending(pendingSignIn) && !pendingSignIn.includes('\n')) mask(pendingSignIn);
}
