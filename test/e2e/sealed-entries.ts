import assert from 'node:assert/strict';
import { multiTenantApp } from '../../sandbox/authority/directory.ts';
import type { WorkflowEvent } from '../../sandbox/runner/event.ts';
import { workflowDispatch } from '../../sandbox/runner/events.ts';
import type { Sandbox } from '../../sandbox/sandbox.ts';
import type { EntryBinding } from '../../src/sealing/binding.ts';
import { type EncryptionKey, parseEncryptionKeys } from '../../src/sealing/encryption-keys.ts';
import { freshKey, restorePrefix } from '../../src/stores/workflow-cache/entries.ts';
import { validValue } from '../unit/fakes/result.ts';

const path = 'entra-user-token/sign-in.jwe';

/** What a step of a scenario seals its entries for; in the repository of the event. */
export function entryBinding(
  changes: Partial<EntryBinding> = {},
  { repository, repositoryId }: WorkflowEvent = workflowDispatch(),
): EntryBinding {
  return {
    clientId: multiTenantApp.clientId,
    authority: 'https://login.microsoftonline.com/organizations',
    account: '',
    cacheName: '',
    repository: { server: 'https://github.com', id: String(repositoryId), name: repository },
    ...changes,
  };
}

/** The first key of a step. */
export function sealingKey(text: string): EncryptionKey {
  const [key] = validValue(parseEncryptionKeys(text));
  assert.ok(key);
  return key;
}

/** Puts a text into the workflow cache under a name, as whoever may write there can, newer than what is there. */
export async function plantEntry(
  { cacheService }: Sandbox,
  text: string,
  under: EntryBinding,
  encryptionKey: string,
): Promise<void> {
  await cacheService.plantFiles({
    key: freshKey(restorePrefix(under, sealingKey(encryptionKey).id), { id: '1', attempt: 1 }),
    files: { [path]: text },
    paths: [path],
  });
}

/** The start of each key under which a step saves and looks for such an entry. */
export function entryPrefix(name: EntryBinding, encryptionKey: string): string {
  return restorePrefix(name, sealingKey(encryptionKey).id);
}
