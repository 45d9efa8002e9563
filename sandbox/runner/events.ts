/**
 * Makers of workflow events with the parts of the real payloads that an action may look at.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows
 * @see https://docs.github.com/en/webhooks/webhook-events-and-payloads
 */
import type { CacheScope } from '../cache-service/runtime-tokens.ts';
import type { WorkflowEvent } from './event.ts';
import { type RepositoryOptions, repositoryObject, user } from './payload-parts.ts';

export type { WorkflowEvent } from './event.ts';

export interface EventOptions extends RepositoryOptions {
  /** Default: `octocat`. */
  readonly actor?: string;
  /** Default: the actor. */
  readonly triggeringActor?: string;
  readonly runId?: number;
  readonly runNumber?: number;
  /** Default: 1. */
  readonly runAttempt?: number;
  /** Branch the run is on, where the event has one. Default: the default branch. */
  readonly branch?: string;
}

export interface PullRequestOptions extends EventOptions {
  /** The branch is in a fork, so that the run gets no secrets. Default: no. */
  readonly fork?: boolean;
  /** Default: `change`. */
  readonly headBranch?: string;
}

const sha = '5f3907a103544d19f2affbb814617ce5ad099f24';
const pullRequestNumber = 7;

/** A person starts the workflow by hand. */
export function workflowDispatch(
  options: EventOptions & { readonly inputs?: Readonly<Record<string, string>> } = {},
): WorkflowEvent {
  const event = onBranch('workflow_dispatch', options, 'read-write');
  const { inputs = {} } = options;
  return withPayload(event, options, { ref: event.ref, inputs, workflow: '.github/workflows/token.yml' });
}

/**
 * The clock starts the workflow.
 *
 * @param options `repositoryInPayload`: whether the payload tells of the repository. Not all do, so the default
 *   is that an action cannot tell from it whether the repository is private.
 */
export function schedule(
  options: EventOptions & { readonly repositoryInPayload?: boolean } = {},
): WorkflowEvent {
  const event = onBranch('schedule', options, 'read-write');
  const payload = { schedule: '17 5 * * 1', workflow: '.github/workflows/token.yml' };
  return options.repositoryInPayload ? withPayload(event, options, payload) : { ...event, payload };
}

export function push(options: EventOptions = {}): WorkflowEvent {
  const event = onBranch('push', options, 'read-write');
  const commit = {
    id: sha,
    message: 'Change something',
    author: { name: event.actor, username: event.actor },
  };
  const payload = {
    ref: event.ref,
    before: '0'.repeat(40),
    after: sha,
    head_commit: commit,
    commits: [commit],
  };
  return withPayload(event, options, payload);
}

export function pullRequest(options: PullRequestOptions = {}): WorkflowEvent {
  const { defaultBranch = 'main', headBranch = 'change' } = options;
  const event = onBranch('pull_request', { ...options, branch: defaultBranch }, 'read');
  const ref = `refs/pull/${pullRequestNumber}/merge`;
  return withPayload(
    {
      ...event,
      ref,
      refName: `${pullRequestNumber}/merge`,
      headRef: headBranch,
      baseRef: defaultBranch,
      // The run writes caches that only runs for the same pull request see.
      cacheScopes: [{ ref, permission: 'read-write' }, ...event.cacheScopes],
    },
    options,
    { action: 'synchronize', number: pullRequestNumber, pull_request: pullRequestObject(event, options) },
  );
}

/** Runs in the context of the base branch, with secrets, for a pull request of anyone. */
export function pullRequestTarget(options: PullRequestOptions = {}): WorkflowEvent {
  const { defaultBranch = 'main', headBranch = 'change' } = options;
  const event = onBranch('pull_request_target', { ...options, branch: defaultBranch }, 'read');
  return withPayload({ ...event, headRef: headBranch, baseRef: defaultBranch }, options, {
    action: 'opened',
    number: pullRequestNumber,
    pull_request: pullRequestObject(event, options),
  });
}

/** Someone comments on an issue or a pull request. */
export function issueComment(
  options: EventOptions & { readonly onPullRequest?: boolean } = {},
): WorkflowEvent {
  const event = onBranch('issue_comment', { ...options, branch: options.defaultBranch ?? 'main' }, 'read');
  const link = `https://api.github.com/repos/${event.repository}/pulls/${pullRequestNumber}`;
  return withPayload(event, options, {
    action: 'created',
    issue: {
      number: pullRequestNumber,
      title: 'Something is wrong',
      user: user(event.actor),
      ...(options.onPullRequest && { pull_request: { url: link } }),
    },
    comment: { id: 9001, body: '/token', user: user(event.actor), author_association: 'NONE' },
  });
}

/** Another workflow has ended. @param options `fork`: that one ran for a pull request from a fork. */
export function workflowRun(options: EventOptions & { readonly fork?: boolean } = {}): WorkflowEvent {
  const { fork = false, defaultBranch = 'main' } = options;
  const event = onBranch('workflow_run', { ...options, branch: defaultBranch }, fork ? 'read' : 'read-write');
  const own = repositoryObject(options);
  return withPayload(event, options, {
    action: 'completed',
    workflow: { name: 'CI', path: '.github/workflows/ci.yml' },
    workflow_run: {
      id: 8001,
      name: 'CI',
      event: fork ? 'pull_request' : 'push',
      conclusion: 'success',
      head_branch: fork ? 'change' : defaultBranch,
      head_sha: sha,
      repository: own,
      head_repository: fork ? repositoryObject({ ...options, repository: 'stranger/fork', fork: true }) : own,
    },
  });
}

/** Any other event, of which no more is known than its name, and who caused it. */
export function otherEvent(name: string, options: EventOptions = {}): WorkflowEvent {
  return withPayload(onBranch(name, options, 'read-write'), options, {});
}

/** The same run once more: the id stays, the attempt counts up, and the person who asked for it is known. */
export function rerun(
  event: WorkflowEvent,
  { by = event.actor }: { readonly by?: string } = {},
): WorkflowEvent {
  return { ...event, runAttempt: event.runAttempt + 1, triggeringActor: by };
}

/** The same event, but it was Dependabot; such runs get Dependabot's secrets only. */
export function byDependabot(event: WorkflowEvent): WorkflowEvent {
  const actor = 'dependabot[bot]';
  return { ...event, actor, triggeringActor: actor, payload: { ...event.payload, sender: user(actor) } };
}

function onBranch(name: string, options: EventOptions, permission: CacheScope['permission']): WorkflowEvent {
  const {
    defaultBranch = 'main',
    branch = defaultBranch,
    actor = 'octocat',
    repository = 'contoso/mail',
  } = options;
  const refs = new Set([`refs/heads/${branch}`, `refs/heads/${defaultBranch}`]);
  return {
    name,
    payload: {},
    ref: `refs/heads/${branch}`,
    refName: branch,
    headRef: '',
    baseRef: '',
    sha,
    actor,
    triggeringActor: options.triggeringActor ?? actor,
    runId: options.runId ?? 7_001,
    runNumber: options.runNumber ?? 42,
    runAttempt: options.runAttempt ?? 1,
    repository,
    repositoryId: 501,
    repositoryOwnerId: 301,
    defaultBranch,
    cacheScopes: [...refs].map((ref, index) => ({ ref, permission: index === 0 ? permission : 'read' })),
  };
}

function withPayload(
  event: WorkflowEvent,
  options: EventOptions,
  payload: WorkflowEvent['payload'],
): WorkflowEvent {
  return {
    ...event,
    payload: { ...payload, repository: repositoryObject(options), sender: user(event.actor) },
  };
}

function pullRequestObject(event: WorkflowEvent, options: PullRequestOptions): Record<string, unknown> {
  const { fork = false, headBranch = 'change' } = options;
  const own = repositoryObject(options);
  const head = fork ? repositoryObject({ ...options, repository: 'stranger/fork', fork: true }) : own;
  return {
    number: pullRequestNumber,
    title: 'Change something',
    user: user(fork ? 'stranger' : event.actor),
    author_association: fork ? 'NONE' : 'MEMBER',
    head: { ref: headBranch, sha, repo: head },
    base: { ref: event.defaultBranch, sha, repo: own },
  };
}
