import { isAccountName } from '../entra/account-name.ts';
import { isConcreteTenant } from '../entra/authority.ts';
import { adaptAdvice } from '../entra/tenant-advice.ts';
import { Failure } from '../failure.ts';
import type { SignInStore } from '../stores/sign-in-store.ts';
import { longestLine, type PlainText, plain, plainText } from '../text/plain-text.ts';
import type { Inputs } from './inputs.ts';
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

/**
 * Whether a person may be asked to sign in now.
 * @param reason why a sign-in is needed, for the message
 * @returns the failure that says why not; undefined when a person may be asked
 */
export function refusePrompt(reason: string, inputs: Inputs, run: WorkflowRun): Failure | undefined {
  return (
    refuseForEvent(reason, run) ??
    refuseWithoutPerson(reason, inputs, run) ??
    refuseInPublic(reason, inputs, run)
  );
}

/**
 * Whether the sign-in that an earlier job of this run began may be finished. Somebody was asked then, so it does not
 * matter whether a person started this attempt; but this step may name no account where that one did.
 * @returns the failure that says why not; undefined when it may be finished
 */
export function refuseFinish(reason: string, inputs: Inputs, run: WorkflowRun): Failure | undefined {
  return refuseForEvent(reason, run) ?? refuseInPublic(reason, inputs, run);
}

function refuseForEvent(reason: string, run: WorkflowRun): Failure | undefined {
  const where = findForbiddenEvent(run);
  if (where === undefined) return undefined;
  return new Failure('sign-in-refused', {
    what: 'A sign-in is needed, and must not start in this run.',
    why: `${reason}; and no sign-in starts ${where}: people outside the repository may cause such a run, or choose what it does.`,
    fix: `dispatch the workflow by hand, and sign in there: ${run.workflowUrl}`,
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

function refuseWithoutPerson(reason: string, { signIn }: Inputs, run: WorkflowRun): Failure | undefined {
  if (signIn === 'allowed') return undefined;
  // The payload is the first attempt's in every attempt.
  const isByBot = isBot(run.triggeringActor) || (run.attempt === 1 && run.isByProgram);
  const isPersonThere = (run.event === 'workflow_dispatch' || run.attempt > 1) && !isByBot;
  if (signIn !== 'never' && isPersonThere) return undefined;

  const because =
    signIn === 'never'
      ? 'sign-in is "never"'
      : `sign-in is "${signIn}", and nobody can be asked: the event is "${run.event}"${isByBot ? `, started by ${run.triggeringActor}` : ''}`;
  return new Failure('sign-in-needed', {
    what: 'Somebody must sign in, and nobody can be asked in this run.',
    why: `${reason}; and ${because}.`,
    fix: `re-run this run and sign in: ${run.runUrl}\nOr dispatch the workflow by hand: ${run.workflowUrl}${signIn === 'never' ? '\nEither needs another sign-in than "never".' : ''}`,
  });
}

function refuseInPublic(
  reason: string,
  { account, authority }: Inputs,
  run: WorkflowRun,
): Failure | undefined {
  if (run.isPrivate) return undefined;
  const what = 'A sign-in is needed, and must not start without a named account in this repository.';
  const why = `${reason}; and the event does not say that this repository is private: others could read the code in the log and sign in as themselves`;
  if (account === '') {
    return new Failure('sign-in-refused', {
      what,
      why: `${why}.`,
      fix: 'set the input account to the user principal name, or the home account id, of the person who signs in.',
    });
  }
  if (isAccountName(account, authority) && !isConcreteTenant(authority)) {
    return new Failure('sign-in-refused', {
      what,
      why: `${why}. A user principal name is unique only in its tenant, and "${authority.tenant}" stands for many tenants.`,
      fix: adaptAdvice('set tenant-id to your tenant, or account to the home account id.', authority),
    });
  }
  return undefined;
}

/**
 * What the person should know before the code is shown: that later runs will not have the sign-in.
 * @param stores those that this run can write
 */
export function storageWarning(
  run: WorkflowRun,
  stores: readonly Pick<SignInStore, 'isPerBranch'>[],
): PlainText | undefined {
  if (stores.length === 0) {
    return plain`This sign-in will not be saved, since no store is set up that this run can write. Every run will ask for a sign-in again. Set encryption-key (openssl rand -base64 32) as a secret and leave workflow-cache on, or set secret-name and secret-token.`;
  }
  const isOnOtherBranch = run.defaultRef !== undefined && run.ref !== run.defaultRef;
  if (isOnOtherBranch && stores.every(({ isPerBranch }) => isPerBranch)) {
    return plain`This sign-in will be saved for ${plainText(run.ref, longestLine)} only: runs on the default branch (${plainText(run.defaultRef, longestLine)}), such as schedules, cannot see workflow cache entries of other branches. To save it for them, run on the default branch.`;
  }
  return undefined;
}
