import { seconds } from '../clock.ts';
import type { DeviceCode, Waiting } from '../entra/device-flow.ts';
import type { WritableStore } from '../stores/sign-in-store.ts';
import { emptyText, joined, longestLine, type PlainText, plain, plainText } from '../text/plain-text.ts';
import { inMinutes, inUtc } from '../text/times.ts';
import type { Person } from '../token/token-ports.ts';
import type { Inputs } from './inputs.ts';
import type { JobSummary } from './job-summary.ts';
import type { Log } from './log.ts';
import { signInTimeLimit } from './run-time-limits.ts';
import type { SignInPlan } from './sign-in-plan.ts';
import { storageWarning } from './sign-in-policy.ts';
import type { Step } from './step.ts';
import type { WorkflowRun } from './workflow-run.ts';

/** How often the code is shown again in the log: whoever opens it late sees only its end. */
const reminderInterval = seconds(30);

/** The person, as this step can ask them. */
export interface SignInPrompt extends Person {
  /** A code was shown. */
  readonly wasShown: boolean;
}

interface PromptOptions {
  readonly inputs: Inputs;
  readonly workflowRun: WorkflowRun;
  readonly plan: SignInPlan;
  /** Where the sign-in would be saved. */
  readonly stores: readonly WritableStore[];
  readonly summary: JobSummary;
}

/** Asks a person to sign in, by the log and the job summary, where the sign-in plan allows it. */
export function createPrompt(
  { inputs, workflowRun, plan, stores, summary }: PromptOptions,
  step: Pick<Step, 'signal' | 'clock' | 'log' | 'allow'>,
): SignInPrompt {
  const { signal, clock, log } = step;
  let wasShown = false;
  return {
    get wasShown() {
      return wasShown;
    },
    reminderInterval,
    async prompt(found, scopes) {
      // Only when a person would be asked or the run would fail, since it costs requests.
      const reason = wasShown || plan.hasBegunSignIn ? found : await withOthers(found, stores, signal);
      const refusal = plan.refusePrompt({ reason, stores }, scopes);
      if (refusal) throw refusal;
      step.allow(signInTimeLimit(inputs));
      log.info(plain`A sign-in is needed: ${reason}.`);
      // For a second code the stores were tested, and the warnings given.
      if (wasShown) return;
      // A wrong token should fail now, not when the person has signed in.
      const warnings = await Promise.all(stores.map((store) => store.probe?.(signal)));
      for (const warning of [...warnings, storageWarning({ stores, inputs, run: workflowRun })])
        if (warning) log.warning(warning);
    },
    async show(code, waiting = 'here') {
      wasShown = true;
      showDeviceCode(code, waiting, { now: clock.now(), log });
      await summary.showCode(code, waiting);
    },
    remind: (code, left) => remindOfDeviceCode(code, left, log),
  };
}

/** A reason, with what the stores can tell of sign-ins that were not restored. */
async function withOthers(
  reason: PlainText,
  stores: readonly WritableStore[],
  signal: AbortSignal,
): Promise<PlainText> {
  const others = await Promise.all(stores.map((store) => store.findOthers?.(signal)));
  return joined([reason, ...others.filter((clause) => clause !== undefined)], plain`; `);
}

const invitations: Readonly<Record<Waiting, PlainText>> = {
  here: plain`To let this workflow act as you, sign in now:`,
  later: plain`To let this workflow act as you, sign in now:`,
  'begun-before': plain`An earlier job of this run began a sign-in. If you have not signed in yet, do it now:`,
};

/** Shows the code in the log, as plain lines, which are live, and as a notice. */
function showDeviceCode(
  code: DeviceCode,
  waiting: Waiting,
  { now, log }: { readonly now: number; readonly log: Log },
): void {
  const { warning, waitUntil } = code;
  const { userCode, address } = shown(code);
  const left = inMinutes(waitUntil - now);
  log.info(emptyText);
  if (warning !== '') log.warning(warning);
  log.info(invitations[waiting]);
  log.info(plain`  1. open        ${address}`);
  log.info(plain`  2. enter code  ${userCode}`);
  log.info(
    plain`The code is good for ${left}, until ${inUtc(waitUntil)}. Enter it only if you started this run, or were told about it.`,
  );
  log.info(emptyText);
  // The job that began it has shown the notice.
  if (waiting !== 'begun-before')
    log.notice(plain`Sign in at ${address} with the code ${userCode} (${left})`, plain`Sign-in needed`);
}

/** One line with everything in it. */
function remindOfDeviceCode(code: DeviceCode, millisecondsLeft: number, log: Log): void {
  const { warning } = code;
  const { userCode, address } = shown(code);
  const waiting = plain`Waiting for the sign-in: open ${address} and enter ${userCode} (${inMinutes(millisecondsLeft)} left)`;
  log.info(warning === '' ? waiting : plain`${warning} ${waiting}`);
}

function shown({ userCode, verificationUri }: DeviceCode): {
  readonly userCode: PlainText;
  readonly address: PlainText;
} {
  return { userCode: plainText(userCode), address: plainText(verificationUri, longestLine) };
}
