import type { StoreName } from '../cache/sign-in-store.ts';
import { Failure } from '../failure.ts';
import { isAccountName } from '../token/account-name.ts';
import { isConcreteTenant } from '../token/authority.ts';
import type { Inputs } from './inputs.ts';
import type { WorkflowRun } from './workflow-run.ts';

// Others than the members of the repository can start these, or choose what they run.
const forbiddenEvents = new Set(['pull_request_target', 'issue_comment', 'workflow_run']);

/**
 * Whether a person may be asked to sign in now.
 * @param reason why a sign-in is needed, for the message
 * @returns the failure that says why not; undefined when a person may be asked
 */
export function whyNotAsk(reason: string, inputs: Inputs, run: WorkflowRun): Failure | undefined {
  return (
    onForbiddenEvent(reason, run) ??
    withNobodyThere(reason, inputs, run) ??
    inFrontOfStrangers(reason, inputs, run)
  );
}

/**
 * Whether the sign-in that an earlier job of this run began may be finished. Somebody was asked then, so it does not
 * matter whether somebody is there now; but this step may name no account where that one did.
 * @returns the failure that says why not; undefined when it may be finished
 */
export function whyNotFinish(reason: string, inputs: Inputs, run: WorkflowRun): Failure | undefined {
  return onForbiddenEvent(reason, run) ?? inFrontOfStrangers(reason, inputs, run);
}

function onForbiddenEvent(reason: string, run: WorkflowRun): Failure | undefined {
  if (!forbiddenEvents.has(run.event) && !run.isForkPullRequest) return undefined;
  const event = run.isForkPullRequest ? 'a pull request from a fork' : `the event "${run.event}"`;
  return new Failure('sign-in-refused', {
    what: 'A sign-in is needed, and must not start in this run.',
    why: `${reason}; and ${event} can be caused by people outside the repository, who could then use the sign-in.`,
    fix: `sign in from a run that was dispatched by hand: ${run.workflowUrl}`,
  });
}

function withNobodyThere(reason: string, { signIn }: Inputs, run: WorkflowRun): Failure | undefined {
  if (signIn === 'allowed') return undefined;
  const isBot = run.triggeringActor.endsWith('[bot]');
  const isPersonThere = (run.event === 'workflow_dispatch' || run.attempt > 1) && !isBot;
  if (signIn !== 'never' && isPersonThere) return undefined;

  const because =
    signIn === 'never'
      ? 'sign-in is "never"'
      : `sign-in is "${signIn}", and nobody is there: the event is "${run.event}"${isBot ? `, started by ${run.triggeringActor}` : ''}`;
  return new Failure('sign-in-needed', {
    what: 'Somebody must sign in, and nobody can be asked in this run.',
    why: `${reason}; and ${because}.`,
    fix: `re-run this run and sign in: ${run.runUrl}\nOr dispatch the workflow by hand: ${run.workflowUrl}${signIn === 'never' ? '\nEither needs another sign-in than "never".' : ''}`,
  });
}

function inFrontOfStrangers(
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
      why: `${why}. A user principal name is unique only in its tenant, and tenant-id is "${authority.tenant}".`,
      fix: 'set tenant-id to your tenant, or account to the home account id.',
    });
  }
  return undefined;
}

/**
 * What the person should know before the code is shown: that the sign-in will not be there for later runs.
 * @param stores those that this run can write
 */
export function whatWillBeLost(run: WorkflowRun, stores: readonly StoreName[]): string | undefined {
  if (stores.length === 0) {
    return 'This sign-in will not be kept: no store is set up that can be written, so every run will ask again. Set encryption-key (openssl rand -base64 32) as a secret and leave workflow-cache on, or set secret-name and secret-token.';
  }
  const isOnOtherBranch = run.defaultRef !== undefined && run.ref !== run.defaultRef;
  if (isOnOtherBranch && !stores.includes('secret')) {
    return `This sign-in will be kept for ${run.ref} only: runs on the default branch (${run.defaultRef}), such as schedules, cannot see workflow cache entries of other branches. To keep it for them, run on the default branch.`;
  }
  return undefined;
}
