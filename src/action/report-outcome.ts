import { emptyText, longestLine, type PlainText, plain, plainText } from '../text/plain-text.ts';
import { inUtc } from '../text/times.ts';
import type { AccessTokens } from '../token/access-tokens.ts';
import { namesOf } from '../token/display-names.ts';
import type { TokenOutcome } from '../token/token-outcome.ts';
import type { Inputs } from './inputs.ts';
import type { JobSummary } from './job-summary.ts';
import { createXoauth2 } from './mail-xoauth2.ts';
import { nothingPending, tokenOutputs } from './outputs.ts';
import type { SignInPrompt } from './prompt.ts';
import { formatStores } from './save-sign-in.ts';
import type { SignInPlan } from './sign-in-plan.ts';
import type { SavedSignIn, Step, StepResult } from './step.ts';
import type { WorkflowRun } from './workflow-run.ts';

/** What an outcome is reported with. */
interface Circumstances {
  readonly inputs: Inputs;
  readonly workflowRun: WorkflowRun;
  readonly plan: SignInPlan;
  readonly prompt: SignInPrompt;
  readonly summary: JobSummary;
  readonly step: Step;
}

/**
 * Completes the job summary, and makes outputs and log lines of what came of asking for tokens.
 * @throws the error of an outcome that failed, as the sign-in plan explains it
 */
export async function reportOutcome(
  outcome: TokenOutcome,
  saved: SavedSignIn,
  { inputs, workflowRun, plan, prompt, summary, step }: Circumstances,
): Promise<StepResult> {
  const savedTo = formatStores(saved.stores);
  if (outcome.kind === 'pending' && !step.signal.aborted) {
    const { handOver } = await import('./begin-plan.ts');
    return handOver(outcome, { inputs, workflowRun }, step.clock.now());
  }
  if (outcome.kind !== 'tokens') {
    if (prompt.wasShown) await summary.showFailed(savedTo);
    throw outcome.kind === 'failed' ? plan.explain(outcome) : step.signal.reason;
  }

  const { signIn } = outcome;
  if (prompt.wasShown) await summary.showSignedIn({ signIn, savedTo, at: saved.refreshedAt });
  const stores = saved.stores.map(({ name }) => name);
  return {
    outputs: {
      ...tokenOutputs(signIn, createXoauth2(signIn, inputs, step.log), stores),
      ...(plan.kind === 'begin' && nothingPending),
    },
    lines: formatResult(signIn, savedTo, { workflowRun, plan }),
  };
}

const sources = {
  cache: plain`from the cache, with no request`,
  refresh: plain`refreshed silently`,
  'sign-in': plain`from the sign-in`,
} as const;

function formatResult(
  signIn: AccessTokens,
  savedTo: PlainText,
  { workflowRun, plan }: Pick<Circumstances, 'workflowRun' | 'plan'>,
): readonly PlainText[] {
  const isNotNeeded = plan.kind === 'finish' && signIn.source !== 'sign-in';
  const notNeeded = isNotNeeded
    ? [plain`A stored sign-in works now, so the pending one is not needed. Let its code expire.`]
    : [];
  const whose = workflowRun.isPrivate
    ? plain` of ${namesOf(signIn.cache)(signIn.account.username)}`
    : emptyText;
  const saved = savedTo === '' ? emptyText : plain`; saved to ${savedTo}`;
  const until = inUtc(signIn.expiresOn.getTime());
  if (signIn.tokens.length === 1)
    return [
      ...notNeeded,
      plain`Access token${whose} ${sources[signIn.source]}, valid until ${until}${saved}.`,
    ];
  const each = signIn.tokens.map(
    ({ resource, source, expiresOn }) =>
      plain`Access token for ${plainText(resource, longestLine)} ${sources[source]}, valid until ${inUtc(expiresOn.getTime())}.`,
  );
  const all = plain`All ${signIn.tokens.length} access tokens${whose} are valid until ${until}${saved}.`;
  return [...notNeeded, ...each, all];
}
