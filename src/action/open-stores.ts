import { fileURLToPath } from 'node:url';
import type { Clock } from '../clock.ts';
import { canonicalAccount } from '../entra/account-name.ts';
import type { RecordContext } from '../sealing/sign-in-record.ts';
import type { GithubNetwork } from '../stores/actions-secret/github-api.ts';
import type { Found } from '../stores/candidates.ts';
import type { SignInStore } from '../stores/sign-in-store.ts';
import { packingFolder } from '../stores/workflow-cache/temporary-folder.ts';
import type { WorkflowCacheStore } from '../stores/workflow-cache/workflow-cache-store.ts';
import { longestLine, plain, plainText } from '../text/plain-text.ts';
import { type Inputs, whySecretsAreEmpty } from './inputs.ts';
import type { Log } from './log.ts';
import type { WorkflowRun } from './workflow-run.ts';

/** Opens the workflow cache as a store; undefined where it is off. Each store is loaded only where it is used. */
export async function openWorkflowCache(
  inputs: Inputs,
  context: RecordContext,
  run: WorkflowRun,
  clock: Clock,
  log: Log,
): Promise<WorkflowCacheStore | undefined> {
  if (!inputs.workflowCache) return undefined;
  if (inputs.encryptionKeys.length === 0) {
    if (inputs.tokenCache === '' && !inputs.secret) {
      log.warning(
        plain`The sign-in will not be kept: without encryption-key the workflow cache is off, since a refresh token never goes there in clear, and no other store is set. Make a key (openssl rand -base64 32), store it as a secret, and pass it as encryption-key.${whySecretsAreEmpty(run)}`,
      );
    }
    return undefined;
  }
  const cacheProcess = {
    // A program of its own, beside the bundle that this becomes a part of.
    program: fileURLToPath(new URL('./workflow-cache-child.js', import.meta.url)),
    environment: process.env,
    temporaryFolder: packingFolder(),
  };
  const name = {
    clientId: inputs.clientId,
    authority: inputs.authority.url,
    account: canonicalAccount(inputs.account, inputs.authority),
    cacheName: inputs.cacheName,
  };
  const { WorkflowCacheStore } = await import('../stores/workflow-cache/workflow-cache-store.ts');
  return new WorkflowCacheStore(name, context, cacheProcess, run, clock);
}

/**
 * Opens the Actions secret as a store; undefined where none is named.
 * @param found what `token-cache` holds: the secret itself cannot be read
 */
export async function openSecret(
  { secret, tokenCache }: Inputs,
  found: readonly Found[],
  context: RecordContext,
  { repository, apiUrl }: WorkflowRun,
  network: GithubNetwork,
  log: Log,
): Promise<SignInStore | undefined> {
  if (!secret) return undefined;
  const { name, environment, token } = secret;
  if (tokenCache === '') {
    const shown = plainText(name, longestLine);
    log.info(
      plain`token-cache is empty: the secret ${shown} is not there yet, or the workflow does not pass it (token-cache: \${{ secrets.${shown} }}).`,
    );
  }
  const held = { record: found[0]?.record, hasSeveralLines: tokenCache.includes('\n') };
  const { SecretStore } = await import('../stores/actions-secret/actions-secret-store.ts');
  return new SecretStore(name, { apiUrl, repository, environment, token }, held, context, network);
}
