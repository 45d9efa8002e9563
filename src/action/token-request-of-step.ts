import type { TokenRequest } from '../token/token-request.ts';
import type { Inputs } from './inputs.ts';
import type { SignInPlan } from './sign-in-plan.ts';
import type { WorkflowRun } from './workflow-run.ts';

/** What this step asks the authority for. */
export function tokenRequest(
  { clientId, authority, scopes, account, minimumLifetime, signInTimeout }: Inputs,
  { isPrivate }: WorkflowRun,
  { isForced }: SignInPlan,
): TokenRequest {
  return {
    clientId,
    authority,
    scopes,
    account,
    minimumLifetime,
    signInTimeout,
    forceSignIn: isForced,
    mayNamePeople: isPrivate,
  };
}
