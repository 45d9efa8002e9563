import { type EncryptionKey, parseEncryptionKeys } from '../sealing/encryption-keys.ts';
import { decodeUnicode } from '../text/unicode.ts';
import type { KeyOptions } from './arguments.ts';
import { readNamedFile } from './named-file.ts';
import { UsageError } from './usage-error.ts';

export const keyVariable = 'ENTRA_ENCRYPTION_KEY';

const keyFileTitle = 'The file of --encryption-key-file';

/**
 * Reads the encryption keys, from the file if one is named, else from the environment. The first seals, all open.
 * @returns none where neither is given
 * @throws {UsageError} also for a variable that is set and empty: it was meant to contain a key
 */
export async function readEncryptionKeys(
  { encryptionKeyFile }: KeyOptions,
  environment: NodeJS.ProcessEnv,
): Promise<readonly EncryptionKey[]> {
  if (encryptionKeyFile !== undefined)
    return keysIn(decodeUnicode(await readNamedFile(encryptionKeyFile, keyFileTitle)), keyFileTitle);
  const text = environment[keyVariable];
  return text === undefined ? [] : keysIn(text, `The environment variable ${keyVariable}`);
}

function keysIn(text: string, title: string): readonly EncryptionKey[] {
  const keys = parseEncryptionKeys(text);
  if (keys.kind === 'problem') throw new UsageError(`${title} ${keys.problem}.`);
  if (keys.value.length === 0)
    throw new UsageError(`${title} is empty. Put a key in it (openssl rand -base64 32), or do without it.`);
  return keys.value;
}
