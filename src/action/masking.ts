import { getInput, setSecret } from '@actions/core';
import { lengthLimits, type SettingName } from '../length-limits.ts';
import { parseEncryptionKeys, textForms } from '../sealing/encryption-keys.ts';
import { looksPending } from '../sealing/pending-sign-in.ts';

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

/**
 * Masks what the inputs hold of secrets, before anything else is done with them. A text over its limit is refused
 * unread: it is masked once as a whole, and not searched for what is in it.
 */
export function maskInputs(): void {
  maskSecret('encryption-key', maskKeys);
  maskSecret('secret-token', (text) => {
    if (text.length >= shortestSecret) mask(text);
  });
  // Of a cache in several lines each line would become a mask, "{" among them; its tokens are masked when it is read.
  maskSecret('token-cache', maskLine);
  // A pending sign-in is sealed, and shown by the platform; but a cache may have been given in its place.
  maskSecret('pending-sign-in', (text) => {
    if (!looksPending(text)) maskLine(text);
  });
}

function maskSecret(input: SettingName, maskText: (text: string) => void): void {
  const text = getInput(input);
  if (text.length <= lengthLimits[input]) maskText(text);
  else if (!text.includes('\n')) setSecret(text);
}

function maskKeys(text: string): void {
  // A mask of a few characters would make the log unreadable, and no key is that short.
  for (const line of text.split(/\s+/)) if (line.length >= shortestSecret) mask(line);
  const keys = parseEncryptionKeys(text);
  if (keys.kind === 'value') for (const form of keys.value.flatMap(textForms)) mask(form);
}

function maskLine(text: string): void {
  if (!text.includes('\n')) mask(text);
}
