import { cloudAuthority } from '../../../src/entra/authority.ts';
import type { EntryBinding } from '../../../src/sealing/binding.ts';
import type { EncryptionKey } from '../../../src/sealing/encryption-keys.ts';
import { parseEncryptionKeys } from '../../../src/sealing/encryption-keys.ts';
import type { EntryContext, RecordContext } from '../../../src/sealing/sign-in-record.ts';
import { contoso } from './people.ts';
import { clientId } from './request.ts';
import { validValue } from './result.ts';

/** The text of a key: 32 bytes, all alike. */
export const keyText = (byte: number): string => Buffer.alloc(32, byte).toString('base64');

export function keyOf(byte: number): EncryptionKey {
  const [key] = validValue(parseEncryptionKeys(keyText(byte)));
  if (typeof key !== 'object') throw new Error('no key');
  return key;
}

export const binding = { clientId, authority: cloudAuthority('public', contoso).url };

/** That of the workflow cache of such a step, in a repository that the runner names by its number too. */
export const entryBinding: EntryBinding = {
  ...binding,
  account: 'alice@contoso.example',
  cacheName: 'reports',
  repository: { server: 'https://github.example', id: '501', name: 'o/r' },
};

/** That of a step with client-id, tenant-id and these keys. */
export function recordContext(...keys: readonly EncryptionKey[]): RecordContext {
  return { owner: { clientId, ...cloudAuthority('public', contoso) }, binding, keys };
}

/** The same for the entries of the workflow cache. */
export function entryContext(...keys: readonly EncryptionKey[]): EntryContext {
  return { ...recordContext(...keys), binding: entryBinding };
}
