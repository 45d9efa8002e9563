import { fileURLToPath } from 'node:url';
import type { SignInStore, StoreSetup } from '../sign-in-store.ts';
import { packingFolder } from './temporary-folder.ts';

/** Opens the workflow cache as a store; undefined where it is off, or there is no key to seal with. */
export async function openWorkflowCache({
  settings: { workflowCache, cacheName, account },
  context,
  run,
  environment,
  clock,
  log,
}: StoreSetup): Promise<SignInStore | undefined> {
  if (!workflowCache || context.keys.length === 0) return undefined;
  const cacheProcess = {
    // A program of its own, beside the bundle that this becomes a part of.
    program: fileURLToPath(new URL('./workflow-cache-child.js', import.meta.url)),
    environment,
    temporaryFolder: packingFolder(),
  };
  const { clientId, authority } = context.binding;
  const name = { clientId, authority, account, cacheName };
  const { WorkflowCacheStore } = await import('./workflow-cache-store.ts');
  return new WorkflowCacheStore({ name, context, process: cacheProcess, run, clock, log });
}
