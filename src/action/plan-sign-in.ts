import type { Inputs } from './inputs.ts';
import type { SignInPlan } from './sign-in-plan.ts';
import { refusePrompt } from './sign-in-policy.ts';
import type { Step } from './step.ts';
import type { WorkflowRun } from './workflow-run.ts';

/**
 * Plans the sign-in.
 * @throws {Failure} `bad-input` when pending-sign-in holds none, or one that belongs to something else
 */
export async function planSignIn(inputs: Inputs, run: WorkflowRun, step: Step): Promise<SignInPlan> {
  if (!inputs.waitForSignIn) return (await import('./begin-plan.ts')).beginPlan(inputs, run);
  if (inputs.pendingSignIn !== '')
    return (await import('./finish-plan.ts')).finishPlan(inputs, run, step.clock);
  return {
    kind: 'in-this-step',
    isForced: inputs.signIn === 'force',
    hasBegunSignIn: false,
    flow: undefined,
    refusePrompt: (needed) => refusePrompt(needed, inputs, run),
    explain: ({ error }) => error,
  };
}
