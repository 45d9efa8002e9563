import { canonicalAccount } from '../entra/account-name.ts';
import type { RecordContext } from '../sealing/sign-in-record.ts';
import { openActionsSecret } from '../stores/actions-secret/open-actions-secret.ts';
import type { OpenStore, SignInStore } from '../stores/sign-in-store.ts';
import { openTokenCache } from '../stores/token-cache/open-token-cache.ts';
import { openWorkflowCache } from '../stores/workflow-cache/open-workflow-cache.ts';
import { plain } from '../text/plain-text.ts';
import { emptySecretsNote, type Inputs } from './inputs.ts';
import type { Step } from './step.ts';
import type { WorkflowRun } from './workflow-run.ts';

/** Every store, in the order in which messages name them. A new one is a folder of `src/stores/`, and a line here. */
export const storeOpeners: readonly OpenStore[] = [openTokenCache, openWorkflowCache, openActionsSecret];

/** Opens the stores that the inputs ask for. */
export async function openStores(
  openers: readonly OpenStore[],
  { inputs, workflowRun }: { readonly inputs: Inputs; readonly workflowRun: WorkflowRun },
  { environment, clock, network, log }: Pick<Step, 'environment' | 'clock' | 'network' | 'log'>,
): Promise<readonly SignInStore[]> {
  const account = canonicalAccount(inputs.account, inputs.authority);
  const setup = {
    settings: { ...inputs, account },
    context: recordContext(inputs),
    run: workflowRun,
    environment,
    clock,
    network,
    log,
  };
  const opened = await Promise.all(openers.map((open) => open(setup)));
  const stores = opened.filter((store) => store !== undefined);
  if (stores.length === 0 && inputs.workflowCache && inputs.encryptionKeys.length === 0) {
    log.warning(
      plain`The sign-in will not be saved: without encryption-key the workflow cache is off, since a refresh token is never stored there unencrypted, and no other store is set. Make a key (openssl rand -base64 32), store it as a secret, and pass it as encryption-key.${emptySecretsNote(workflowRun)}`,
    );
  }
  return stores;
}

/** Which sign-ins belong to this step, and how they are sealed. */
export function recordContext({ clientId, authority, encryptionKeys }: Inputs): RecordContext {
  return {
    owner: { clientId, cacheHost: authority.cacheHost, cacheHosts: authority.cacheHosts },
    binding: { clientId, authority: authority.url },
    keys: encryptionKeys,
  };
}
