import type { Clock } from '../clock.ts';
import { canonicalAccount } from '../entra/account-name.ts';
import { groupByResource } from '../entra/scopes.ts';
import { type ErrorCode, Failure } from '../failure.ts';
import { EnvelopeError, type EnvelopeErrorCode } from '../sealing/envelope.ts';
import {
  looksPending,
  openPendingSignIn,
  type PendingBinding,
  sealPendingSignIn,
} from '../sealing/pending-sign-in.ts';
import type { RecordContext } from '../sealing/sign-in-record.ts';
import { readTokenCacheInput } from '../stores/token-cache/token-cache-input.ts';
import { plain } from '../text/plain-text.ts';
import { inUtc } from '../text/times.ts';
import type { SignInFlow } from '../token/sign-in.ts';
import {
  beginSignIn,
  finishSignIn,
  isFor,
  type PendingSignIn,
  readPendingSignIn,
  SignInPending,
} from '../token/split-sign-in.ts';
import { badInput, type Inputs } from './inputs.ts';
import type { Log } from './log.ts';
import { mask } from './masking.ts';
import type { Outputs } from './output-file.ts';
import { pendingOutputs } from './outputs.ts';
import { whyNotAsk, whyNotFinish } from './sign-in-policy.ts';
import type { WorkflowRun } from './workflow-run.ts';

/** What is different in a step that only begins a sign-in, or finishes one that an earlier job of the run began. */
export interface SplitSignIn {
  /** Somebody was asked before, by an earlier job. */
  readonly wasBegun: boolean;
  /** What was begun brings the sign-in itself, whatever a store holds; not so one for a further resource. */
  readonly bringsSignIn: boolean;
  /** The silent way is skipped. */
  readonly isForced: boolean;
  readonly signIn: SignInFlow;
  /** @param scopes for which a person would be asked now, of one resource */
  whyNotAsk(reason: string, scopes: readonly string[]): Failure | undefined;
  /** The outputs with which the step ends well, when this is how: the sign-in is begun, and handed to a later job. */
  handedOver(error: unknown): Promise<Outputs | undefined>;
  /** The failure, with what else is to be done in this form. */
  explained(error: unknown): unknown;
}

/** The step shows a code and ends, so that its job can end and the platform shows the summary with the code. */
export function beginning(inputs: Inputs, run: WorkflowRun, clock: Clock, log: Log): SplitSignIn {
  return {
    wasBegun: false,
    bringsSignIn: false,
    isForced: inputs.signIn === 'force',
    signIn: beginSignIn,
    whyNotAsk: (reason) => whyNotAsk(reason, inputs, run),
    async handedOver(error) {
      if (!(error instanceof SignInPending)) return undefined;
      const pendingSignIn = await sealed(error.signIn, inputs, run, clock.now());
      log.info(
        plain`This step does not wait for the sign-in. The later job that gets its output pending-sign-in waits, and has the token.`,
      );
      const { userCode, verificationUri } = error.code;
      return pendingOutputs({ pendingSignIn, userCode, verificationUri });
    },
    explained: (error) => error,
  };
}

/**
 * The step waits for the sign-in that an earlier job of this run began.
 * @throws {Failure} `bad-input` when there is none in pending-sign-in, or one that belongs to something else
 */
export async function finishing(
  inputs: Inputs,
  run: WorkflowRun,
  context: RecordContext,
  clock: Clock,
): Promise<SplitSignIn> {
  const pending = await openPending(inputs, run, context);
  mask(String(pending.answer['device_code']));
  // Of several resources another one may need a code that is asked for, and waited for, here.
  let isOwnCode = false;
  const [first] = groupByResource(inputs.scopes, inputs.authority);
  return {
    wasBegun: true,
    bringsSignIn: first !== undefined && isFor(pending, first.scopes),
    isForced: pending.isForced || inputs.signIn === 'force',
    signIn: finishSignIn(pending),
    whyNotAsk(reason, scopes) {
      isOwnCode = !isFor(pending, scopes);
      return isOwnCode ? whyNotAsk(reason, inputs, run) : whyNotFinish(reason, inputs, run);
    },
    handedOver: async () => undefined,
    explained: (error) => (isOwnCode ? error : withWayToNewCode(error, pending, clock.now())),
  };
}

async function sealed(signIn: PendingSignIn, inputs: Inputs, run: WorkflowRun, now: number): Promise<string> {
  const [key] = inputs.encryptionKeys;
  if (!key) throw new TypeError('a step without encryption-key does not begin a sign-in');
  return sealPendingSignIn(signIn, key, bindingOf(inputs, run), now);
}

async function openPending(inputs: Inputs, run: WorkflowRun, context: RecordContext): Promise<PendingSignIn> {
  const text = inputs.pendingSignIn;
  if (!looksPending(text)) throw badInput(`pending-sign-in ${await whatElse(text, context)}.`);
  const contents = await openPendingSignIn(text, inputs.encryptionKeys, bindingOf(inputs, run)).catch(
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

async function whatElse(text: string, context: RecordContext): Promise<string> {
  const input = await readTokenCacheInput(text, context);
  return input.kind === 'invalid' || input.kind === 'empty'
    ? `is no pending sign-in; ${whole}`
    : 'is a stored sign-in (a cache), and no pending one; pass a cache as token-cache';
}

function bindingOf(
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

// After these the code is of no use any more.
const codeIsSpent: ReadonlySet<ErrorCode> = new Set([
  'sign-in-used',
  'sign-in-declined',
  'wrong-account',
  'consent-needed',
  'blocked-by-policy',
  'entra-refused',
]);

// And after these once it has died; until then it may be waited for again.
const codeMayLive: ReadonlySet<ErrorCode> = new Set(['sign-in-expired', 'entra-unavailable']);

/** A failure of the job that finishes a sign-in, with how to get a new code: the platform re-runs failed jobs with the old one. */
function withWayToNewCode(error: unknown, { expiresAt }: PendingSignIn, now: number): unknown {
  if (!(error instanceof Failure)) return error;
  const { code, explanation } = error;
  if (!codeIsSpent.has(code) && !codeMayLive.has(code)) return error;
  const again =
    codeMayLive.has(code) && now < expiresAt
      ? `Until ${inUtc(expiresAt)} "Re-run failed jobs" waits for the same code again; after that choose "Re-run all jobs".`
      : `${code === 'sign-in-used' ? 'One job finishes a sign-in, once. ' : ''}For a new code choose "Re-run all jobs": "Re-run failed jobs" comes with the old one.`;
  return new Failure(code, { ...explanation, fix: `${explanation.fix}\n${again}` }, { cause: error });
}
