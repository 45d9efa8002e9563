import { sealPendingSignIn } from '../sealing/pending-sign-in.ts';
import { plain } from '../text/plain-text.ts';
import { beginSignIn } from '../token/split-sign-in.ts';
import type { PendingTokens } from '../token/token-outcome.ts';
import type { Inputs } from './inputs.ts';
import { pendingOutputs } from './outputs.ts';
import { pendingBinding } from './pending-binding.ts';
import type { SignInPlan } from './sign-in-plan.ts';
import { refusePrompt } from './sign-in-policy.ts';
import type { StepResult } from './step.ts';
import type { WorkflowRun } from './workflow-run.ts';

/** The step shows a code and ends, so that its job can end and the platform shows the summary with the code. */
export function beginPlan(inputs: Inputs, run: WorkflowRun): SignInPlan {
  return {
    kind: 'begin',
    isForced: inputs.signIn === 'force',
    hasBegunSignIn: false,
    flow: beginSignIn,
    refusePrompt: (needed) => refusePrompt(needed, inputs, run),
    explain: ({ error }) => error,
  };
}

/**
 * Seals the sign-in that was begun, for the job that finishes it.
 * @param now milliseconds since the epoch
 */
export async function handOver(
  { pending, code: { userCode, verificationUri } }: PendingTokens,
  { inputs, workflowRun }: { readonly inputs: Inputs; readonly workflowRun: WorkflowRun },
  now: number,
): Promise<StepResult> {
  const [key] = inputs.encryptionKeys;
  if (!key) throw new TypeError('a step without encryption-key does not begin a sign-in');
  const binding = pendingBinding(inputs, workflowRun);
  const pendingSignIn = await sealPendingSignIn(pending, { key, binding, now });
  return {
    outputs: pendingOutputs({ pendingSignIn, userCode, verificationUri }),
    lines: [
      plain`This step does not wait for the sign-in. The later job that gets its output pending-sign-in waits, and has the token.`,
    ],
  };
}
