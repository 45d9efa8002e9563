import type { JobSummary } from '../../../src/action/job-summary.ts';
import type { Log } from '../../../src/action/log.ts';
import { createPrompt, type SignInPrompt } from '../../../src/action/prompt.ts';
import type { SignInPlan } from '../../../src/action/sign-in-plan.ts';
import { systemClock } from '../../../src/clock.ts';
import { inputsOf } from './inputs.ts';
import { workflowRun } from './workflow-run.ts';

const plan: SignInPlan = {
  kind: 'in-this-step',
  isForced: false,
  hasBegunSignIn: false,
  flow: undefined,
  refusePrompt: () => undefined,
  explain: ({ error }) => error,
};

/** The prompt of a step that may ask, at this time in milliseconds since the epoch. */
export function promptAt(now: number, log: Log, summary: JobSummary): SignInPrompt {
  return createPrompt(
    { inputs: inputsOf({}), workflowRun: workflowRun(), plan, stores: [], summary },
    {
      signal: new AbortController().signal,
      clock: { ...systemClock, now: () => now },
      log,
      allow: () => undefined,
    },
  );
}
