import { canonicalAccount } from '../entra/account-name.ts';
import type { PendingBinding } from '../sealing/pending-sign-in.ts';
import type { Inputs } from './inputs.ts';
import type { WorkflowRun } from './workflow-run.ts';

/** What a pending sign-in of this step is sealed for. */
export function pendingBinding(
  { clientId, authority, account, scopes }: Inputs,
  { runUrl }: WorkflowRun,
): PendingBinding {
  return {
    clientId,
    authority: authority.url,
    run: runUrl,
    account: canonicalAccount(account, authority),
    scopes,
  };
}
