import type { Clock } from '../clock.ts';
import { groupByResource } from '../entra/scopes.ts';
import { type ErrorCode, Failure } from '../failure.ts';
import { EnvelopeError, type EnvelopeErrorCode } from '../sealing/envelope.ts';
import { looksPending, openPendingSignIn } from '../sealing/pending-sign-in.ts';
import { readTokenCacheInput } from '../sealing/token-cache-input.ts';
import { badInput } from '../settings.ts';
import { inUtc } from '../text/times.ts';
import { finishSignIn, isFor, readPendingSignIn } from '../token/split-sign-in.ts';
import type { PendingSignIn } from '../token/token-ports.ts';
import type { Inputs } from './inputs.ts';
import { mask } from './masking.ts';
import { recordContext } from './open-stores.ts';
import { pendingBinding } from './pending-binding.ts';
import type { SignInPlan } from './sign-in-plan.ts';
import { refuseFinish, refusePrompt } from './sign-in-policy.ts';
import type { WorkflowRun } from './workflow-run.ts';

/**
 * The step waits for the sign-in that an earlier job of this run began.
 * @throws {Failure} `bad-input` when there is none in pending-sign-in, or one that belongs to something else
 */
export async function finishPlan(inputs: Inputs, run: WorkflowRun, clock: Clock): Promise<SignInPlan> {
  const pending = await openPending(inputs, run);
  mask(String(pending.answer['device_code']));
  const [first] = groupByResource(inputs.scopes, inputs.authority);
  return {
    kind: 'finish',
    isForced: pending.isForced || inputs.signIn === 'force',
    hasBegunSignIn: first !== undefined && isFor(pending, first.scopes),
    flow: finishSignIn(pending),
    // Of several resources another one may need a code that is asked for, and waited for, here.
    refusePrompt: (needed, scopes) =>
      isFor(pending, scopes) ? refuseFinish(needed, inputs, run) : refusePrompt(needed, inputs, run),
    explain: ({ error, promptedFor }) =>
      promptedFor && !isFor(pending, promptedFor) ? error : withNewCodeAdvice(error, pending, clock.now()),
  };
}

async function openPending(inputs: Inputs, run: WorkflowRun): Promise<PendingSignIn> {
  const text = inputs.pendingSignIn;
  if (!looksPending(text)) throw badInput(`pending-sign-in ${await describeWrongText(text, inputs)}.`);
  const contents = await openPendingSignIn(text, inputs.encryptionKeys, pendingBinding(inputs, run)).catch(
    (error: unknown) => {
      if (!(error instanceof EnvelopeError)) throw error;
      throw badInput(`pending-sign-in ${error.message}; ${adviceFor[error.code]}.`);
    },
  );
  const signIn = readPendingSignIn(contents);
  if (!signIn) throw badInput(`pending-sign-in holds no sign-in; ${adviceFor['unknown-version']}.`);
  return signIn;
}

const whole = 'pass the output pending-sign-in of an earlier job of this run, whole and unchanged';
const sameInput = (input: string): string => `give both steps the same ${input}`;

const adviceFor: Readonly<Record<EnvelopeErrorCode, string>> = {
  truncated: whole,
  tampered: whole,
  'wrong-type': whole,
  'wrong-key': `${sameInput('encryption-key')}, or let the finishing step have the other key on a further line`,
  'unknown-version': 'use the same version of this action in both jobs',
  'other-client': sameInput('client-id'),
  'other-authority': `${sameInput('tenant-id')} and cloud, or authority`,
  'other-run': whole,
  'other-account': sameInput('account'),
  'not-bound': whole,
  'other-cache-name': whole,
  'other-repository': whole,
  'other-scopes': `${sameInput('scopes')}, in the same order`,
};

async function describeWrongText(text: string, inputs: Inputs): Promise<string> {
  const input = await readTokenCacheInput(text, recordContext(inputs));
  return input.kind === 'invalid' || input.kind === 'empty'
    ? `is not a pending sign-in; ${whole}`
    : 'is a stored sign-in (a cache), not a pending one; pass a cache as token-cache';
}

// After these the code can no longer be used.
const spentCodeErrors: ReadonlySet<ErrorCode> = new Set([
  'sign-in-used',
  'sign-in-declined',
  'wrong-account',
  'consent-needed',
  'blocked-by-policy',
  'entra-refused',
]);

// After these it is still good until it expires, and can be waited for again.
const unspentCodeErrors: ReadonlySet<ErrorCode> = new Set(['sign-in-expired', 'entra-unavailable']);

/** A failure of the job that finishes a sign-in, with how to get a new code: the platform re-runs failed jobs with the old one. */
function withNewCodeAdvice(error: unknown, { expiresAt }: PendingSignIn, now: number): unknown {
  if (!(error instanceof Failure)) return error;
  const { code, explanation } = error;
  if (!spentCodeErrors.has(code) && !unspentCodeErrors.has(code)) return error;
  const again =
    unspentCodeErrors.has(code) && now < expiresAt
      ? `Until ${inUtc(expiresAt)} "Re-run failed jobs" waits for the same code again; after that choose "Re-run all jobs".`
      : `${code === 'sign-in-used' ? 'One job finishes a sign-in, once. ' : ''}For a new code choose "Re-run all jobs": "Re-run failed jobs" comes with the old one.`;
  return new Failure(code, { ...explanation, fix: `${explanation.fix}\n${again}` }, { cause: error });
}
