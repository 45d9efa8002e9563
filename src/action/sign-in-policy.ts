import { Failure } from '../failure.ts';
import { longestLine, type PlainText, plain, plainText } from '../text/plain-text.ts';
import type { Inputs } from './inputs.ts';
import {
  adviceForAccount,
  isHiddenBranch,
  type KeepingStores,
  storeNeeded,
  wayToSignIn,
} from './way-to-sign-in.ts';
import { isBot, isDependabotRun, type WorkflowRun } from './workflow-run.ts';

/**
 * The events on which a sign-in may start: only somebody with write access to the repository causes them. A reusable
 * workflow runs under its caller's event. An event that the platform adds is not among them until somebody has looked.
 * @see https://docs.github.com/actions/reference/workflows-and-actions/events-that-trigger-workflows
 */
const eventsOfMembers: ReadonlySet<string> = new Set([
  'workflow_dispatch',
  'repository_dispatch',
  'schedule',
  'push',
  'release',
  'create',
  'delete',
  'merge_group',
  'deployment',
  // Of the repository itself, and of a person.
  'pull_request',
]);

/** A sign-in that is needed. */
export interface NeededPrompt {
  /** Why, for the message. */
  readonly reason: string;
  /** Where the sign-in would be saved. */
  readonly stores: KeepingStores;
}

/**
 * Whether a person may be asked to sign in now.
 * @returns the failure that says why not; undefined when a person may be asked
 */
export function refusePrompt(needed: NeededPrompt, inputs: Inputs, run: WorkflowRun): Failure | undefined {
  return (
    refuseForEvent(needed, inputs, run) ??
    refuseWithoutPerson(needed, inputs, run) ??
    refuseInPublic(needed, inputs, run)
  );
}

/**
 * Whether the sign-in that an earlier job of this run began may be finished. Somebody was asked then, so it does not
 * matter whether this run could ask; but this step may name no account where that one did.
 * @returns the failure that says why not; undefined when it may be finished
 */
export function refuseFinish(needed: NeededPrompt, inputs: Inputs, run: WorkflowRun): Failure | undefined {
  return refuseForEvent(needed, inputs, run) ?? refuseInPublic(needed, inputs, run);
}

function refuseForEvent(
  { reason, stores }: NeededPrompt,
  inputs: Inputs,
  run: WorkflowRun,
): Failure | undefined {
  const where = findForbiddenEvent(run);
  if (where === undefined) return undefined;
  return new Failure('sign-in-refused', {
    what: 'A sign-in is needed, and must not start in this run.',
    why: `${reason}. No sign-in starts ${where}: people outside the repository can cause such a run, or decide what it does.`,
    fix: wayToSignIn({ inputs, run, stores }, { canRerun: false }),
  });
}

/** In words, what about the run keeps a sign-in from starting, whatever the inputs say; undefined for nothing. */
function findForbiddenEvent(run: WorkflowRun): string | undefined {
  if (isDependabotRun(run)) return `in a run of Dependabot (the event is "${run.event}")`;
  if (!eventsOfMembers.has(run.event))
    return run.event === '' ? 'in a run that names no event' : `on the event "${run.event}"`;
  if (run.event !== 'pull_request') return undefined;
  if (run.isForkPullRequest) return 'on a pull request from a fork (the event is "pull_request")';
  const isByBot = run.isByProgram || isBot(run.actor) || isBot(run.triggeringActor);
  return isByBot ? 'on a pull request of a bot (the event is "pull_request")' : undefined;
}

function refuseWithoutPerson(
  { reason, stores }: NeededPrompt,
  inputs: Inputs,
  run: WorkflowRun,
): Failure | undefined {
  const { signIn } = inputs;
  if (signIn === 'allowed') return undefined;
  // The payload is the first attempt's in every attempt.
  const isByBot = isBot(run.triggeringActor) || (run.attempt === 1 && run.isByProgram);
  const isPersonThere = (run.event === 'workflow_dispatch' || run.attempt > 1) && !isByBot;
  if (signIn !== 'never' && isPersonThere) return undefined;

  const because =
    signIn === 'never'
      ? 'sign-in is "never"'
      : `sign-in is "${signIn}", and no person dispatched or re-ran this run: the event is "${run.event}"${isByBot ? `, started by ${run.triggeringActor}` : ''}`;
  return new Failure('sign-in-needed', {
    what: 'Someone must sign in, and this run cannot ask anyone.',
    why: `${reason}. This run cannot ask: ${because}.`,
    fix: wayToSignIn({ inputs, run, stores }, { canRerun: true }),
  });
}

function refuseInPublic({ reason }: NeededPrompt, inputs: Inputs, run: WorkflowRun): Failure | undefined {
  const fix = adviceForAccount(inputs);
  if (run.isPrivate || fix === undefined) return undefined;
  const { account, authority } = inputs;
  const many =
    account === ''
      ? ''
      : ` A user principal name is unique only in its tenant, and "${authority.tenant}" stands for many tenants.`;
  return new Failure('sign-in-refused', {
    what: 'A sign-in is needed, and must not start without a named account in this repository.',
    why: `${reason}. The event does not say that this repository is private: others could read the code in the log and sign in as themselves.${many}`,
    fix,
  });
}

/** What the person should know before the code is shown: that the sign-in will not be kept for later runs. */
export function storageWarning({
  stores,
  inputs,
  run,
}: Omit<NeededPrompt, 'reason'> & { readonly inputs: Inputs; readonly run: WorkflowRun }):
  | PlainText
  | undefined {
  if (stores.length === 0)
    return plain`This sign-in will not be kept, so every run will ask again. What to do: ${storeNeeded(inputs)}`;
  if (!isHiddenBranch(run, stores)) return undefined;
  return plain`This sign-in will be saved for ${plainText(run.ref, longestLine)} only: runs on the default branch (${plainText(run.defaultRef, longestLine)}), such as schedules, cannot see workflow cache entries of other branches. To save it for them, run on the default branch.`;
}
