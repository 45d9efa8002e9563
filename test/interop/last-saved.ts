import { gunzipSync, zstdDecompressSync } from 'node:zlib';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import { parseEncryptionKeys } from '../../src/sealing/encryption-keys.ts';
import { type Binding, open } from '../../src/sealing/envelope.ts';
import { validValue } from '../unit/fakes/result.ts';

/** The newest cache in the workflow cache, as it was before it was sealed. */
export async function lastSaved(sandbox: Sandbox, encryptionKey: string, binding: Binding): Promise<string> {
  const bytes = sandbox.cacheService.entries.at(-1)?.bytes ?? Buffer.alloc(0);
  const archive = bytes[0] === 0x1f ? gunzipSync(bytes) : zstdDecompressSync(bytes);
  const sealed = /eyJ[\w-]+\.\.[\w-]+\.[\w-]+\.[\w-]+/.exec(archive.toString('latin1'))?.[0] ?? '';
  const keys = validValue(parseEncryptionKeys(encryptionKey));
  const { contents } = await open(sealed, { type: 'entra-user-token-cache', keys, binding });
  return JSON.stringify(contents);
}
