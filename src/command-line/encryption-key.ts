import { readFile } from 'node:fs/promises';
import { within } from '../bounded-wait.ts';
import { minutes } from '../clock.ts';
import { type EncryptionKey, parseEncryptionKeys } from '../sealing/encryption-keys.ts';
import type { KeyOptions } from './arguments.ts';
import { UsageError } from './usage-error.ts';

export const keyVariable = 'ENTRA_ENCRYPTION_KEY';

/**
 * Reads the encryption keys, from the file if one is named, else from the environment. The first seals, all open.
 * @returns none where neither is given
 * @throws {UsageError} also for a variable that is set and empty: it means that a key was to be there
 */
export async function readEncryptionKeys(
  { encryptionKeyFile }: KeyOptions,
  environment: NodeJS.ProcessEnv,
): Promise<readonly EncryptionKey[]> {
  if (encryptionKeyFile !== undefined)
    return keysIn(await contentsOf(encryptionKeyFile), 'The file of --encryption-key-file');
  const text = environment[keyVariable];
  return text === undefined ? [] : keysIn(text, `The environment variable ${keyVariable}`);
}

function keysIn(text: string, where: string): readonly EncryptionKey[] {
  const keys = parseEncryptionKeys(text);
  if (typeof keys === 'string') throw new UsageError(`${where} ${keys}.`);
  if (keys.length === 0)
    throw new UsageError(`${where} is empty; put a key there (openssl rand -base64 32), or leave it away.`);
  return keys;
}

// The path is not repeated: it might be the key.
async function contentsOf(path: string): Promise<string> {
  try {
    // It may be a pipe from a program that a person has to unlock.
    const timeUp = (): Error => Object.assign(new Error(), { code: 'ETIMEDOUT' });
    return await within(readFile(path, 'utf8'), { timeout: minutes(15), timeUp });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    throw new UsageError(`The file of --encryption-key-file cannot be read (${code}).`);
  }
}
