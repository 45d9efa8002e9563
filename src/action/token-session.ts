import type { TokenPorts } from '../token/token-ports.ts';
import type { TokenRequest } from '../token/token-request.ts';
import type { Inputs } from './inputs.ts';
import { mask } from './masking.ts';
import type { SignInPrompt } from './prompt.ts';
import type { SignInPlan } from './sign-in-plan.ts';
import type { Step } from './step.ts';
import { createTokenEvents } from './token-events.ts';
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

/** What getting a token needs of this step. */
export function createTokenPorts(
  workflowRun: WorkflowRun,
  { plan, prompt }: { readonly plan: SignInPlan; readonly prompt: SignInPrompt },
  { network, log }: Pick<Step, 'network' | 'log'>,
): TokenPorts {
  return {
    network,
    person: prompt,
    signIn: plan.flow,
    mask,
    events: createTokenEvents(log, workflowRun),
  };
}
