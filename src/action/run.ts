import { ignoreUnsafeVariables } from '../http/unsafe-environment.ts';
import { readInputs } from './inputs.ts';
import { JobSummary } from './job-summary.ts';
import { maskInputs } from './masking.ts';
import { openStores, storeOpeners } from './open-stores.ts';
import { requireOutputFile } from './output-file.ts';
import { planSignIn } from './plan-sign-in.ts';
import { createPrompt } from './prompt.ts';
import { reportOutcome } from './report-outcome.ts';
import { restoreSignIns } from './restore-sign-ins.ts';
import { silentTimeLimit } from './run-time-limits.ts';
import { saveOutcome } from './save-sign-in.ts';
import type { Step, StepResult } from './step.ts';
import { createTokenPorts, tokenRequest } from './token-session.ts';
import { readWorkflowRun } from './workflow-run.ts';

/**
 * Runs the step: a stored sign-in gives a token silently; otherwise a person signs in; then the sign-in is stored again.
 * @param openers the stores that there are
 * @throws {Failure} one message: what happened, why, what to do
 */
export async function run(step: Step, openers = storeOpeners): Promise<StepResult> {
  maskInputs();
  requireOutputFile();
  for (const warning of ignoreUnsafeVariables()) step.log.warning(warning);
  const workflowRun = readWorkflowRun(step.environment);
  const inputs = readInputs(workflowRun);
  step.allow(silentTimeLimit(inputs));

  const plan = await planSignIn(inputs, workflowRun, step);
  const stores = await openStores(openers, { inputs, workflowRun }, step);
  // MSAL is loaded while the stores are read.
  const loading = import('../token/get-access-tokens.ts');
  const restored = await restoreSignIns(stores, { inputs, plan }, step);

  const summary = new JobSummary(step.log, workflowRun.isPrivate);
  const prompt = createPrompt({ inputs, workflowRun, plan, stores: restored.stores, summary }, step);
  const { getAccessTokens } = await loading;
  const outcome = await getAccessTokens(
    tokenRequest(inputs, workflowRun, plan),
    restored,
    createTokenPorts(workflowRun, { plan, prompt }, step),
  );
  const saved = await saveOutcome(outcome, restored.stores, step);
  return reportOutcome(outcome, saved, { inputs, workflowRun, plan, prompt, summary, step });
}
