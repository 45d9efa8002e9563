import { readFileSync } from 'node:fs';
import type { RepositoryIdentity } from '../sealing/binding.ts';
import { type JsonLimits, parseJson } from '../text/json.ts';
import { withoutTrailingSlashes } from '../text/trailing-slashes.ts';

/** The run that this step is part of, as far as it decides who may be asked to sign in and what may be shown. */
export interface WorkflowRun {
  /** `0` where the runner names none. */
  readonly id: string;
  /** False where the runner names no run: then nothing can belong to this run and to no other. */
  readonly hasId: boolean;
  /** 1 for the first attempt; higher when a person re-ran it. */
  readonly attempt: number;
  readonly event: string;
  /** Who caused the event; the same in every attempt. */
  readonly actor: string;
  /** Who started this attempt. */
  readonly triggeringActor: string;
  /** The payload says that a program caused the event, or wrote the pull request. */
  readonly isByProgram: boolean;
  /** True when the event positively says that only members of the repository can read its log. */
  readonly isPrivate: boolean;
  /** The event says whether the repository is private; that of a schedule does not. */
  readonly isVisibilityKnown: boolean;
  readonly isForkPullRequest: boolean;
  /** The full name of the ref, and of the default branch where the event tells it. */
  readonly ref: string;
  readonly defaultRef: string | undefined;
  /** `owner/name` */
  readonly repository: string;
  /** Which repository this is, for what is sealed for it alone. */
  readonly repositoryIdentity: RepositoryIdentity;
  /** Base address of GitHub's REST API. */
  readonly apiUrl: string;
  /** Web addresses of the run and of its workflow. */
  readonly runUrl: string;
  readonly workflowUrl: string;
}

/**
 * Reads the run from the environment and the event's payload.
 * @see https://docs.github.com/actions/reference/workflows-and-actions/variables
 */
export function readWorkflowRun(env: NodeJS.ProcessEnv): WorkflowRun {
  const payload = readPayload(env['GITHUB_EVENT_PATH']);
  const event = env['GITHUB_EVENT_NAME'] ?? '';
  const repositoryUrl = `${env['GITHUB_SERVER_URL'] ?? 'https://github.com'}/${env['GITHUB_REPOSITORY'] ?? ''}`;
  const runId = readRunId(env['GITHUB_RUN_ID']);
  const defaultBranch = textMemberAt(payload, 'repository', 'default_branch');
  return {
    id: runId ?? '0',
    hasId: runId !== undefined,
    attempt: Number(env['GITHUB_RUN_ATTEMPT']) || 1,
    event,
    actor: env['GITHUB_ACTOR'] ?? '',
    triggeringActor: env['GITHUB_TRIGGERING_ACTOR'] || env['GITHUB_ACTOR'] || '',
    isByProgram: ['sender', 'pull_request'].some((member) => isProgram(payload, member)),
    isPrivate: saysPrivate(payload),
    isVisibilityKnown: typeof memberAt(payload, 'repository', 'private') === 'boolean',
    isForkPullRequest: event.startsWith('pull_request') && isFromFork(payload),
    ref: env['GITHUB_REF'] ?? '',
    defaultRef: defaultBranch ? `refs/heads/${defaultBranch}` : undefined,
    repository: env['GITHUB_REPOSITORY'] ?? '',
    repositoryIdentity: readRepositoryIdentity(env, payload),
    apiUrl: env['GITHUB_API_URL'] || 'https://api.github.com',
    runUrl: `${repositoryUrl}/actions/runs/${runId ?? ''}`,
    workflowUrl: `${repositoryUrl}/actions${workflowPath(env['GITHUB_WORKFLOW_REF'])}`,
  };
}

// Every run would have the number 0 in common.
function readRunId(text = ''): string | undefined {
  const id = text.trim();
  return /^0*$/.test(id) ? undefined : id;
}

/**
 * The number comes from the environment, else from the event: act and Gitea set none, and not every event tells it. So
 * the name is always there beside it.
 */
function readRepositoryIdentity(env: NodeJS.ProcessEnv, payload: unknown): RepositoryIdentity {
  const server = env['GITHUB_SERVER_URL']?.trim() || 'https://github.com';
  return {
    server: withoutTrailingSlashes(server).toLowerCase(),
    id:
      repositoryNumber(env['GITHUB_REPOSITORY_ID']) ||
      repositoryNumber(memberAt(payload, 'repository', 'id')),
    name: (env['GITHUB_REPOSITORY'] ?? '').trim().toLowerCase(),
  };
}

/** In decimal; empty for what cannot be the number of one repository, such as a word that stands there for all of them. */
function repositoryNumber(value: unknown): string {
  if (typeof value === 'number') return Number.isSafeInteger(value) && value > 0 ? String(value) : '';
  const text = typeof value === 'string' ? value.trim() : '';
  return /^[1-9]\d{0,19}$/.test(text) ? text : '';
}

/**
 * True where the platform passes no secrets to the run. A re-run has the privileges of the actor, whoever started it.
 * @see https://docs.github.com/actions/how-tos/manage-workflow-runs/re-run-workflows-and-jobs
 */
export function getsNoSecrets(run: WorkflowRun): boolean {
  return run.isForkPullRequest || isDependabotRun(run);
}

/** True for a run that Dependabot caused or started: it pushes branches of the repository itself. */
export function isDependabotRun({ actor, triggeringActor }: WorkflowRun): boolean {
  return [actor, triggeringActor].some((name) => name.toLowerCase() === 'dependabot[bot]');
}

/** True for the name of a GitHub App. */
export function isBot(name: string): boolean {
  return name.toLowerCase().endsWith('[bot]');
}

// GitHub's limit for a payload is 25 MB, and a push may name thousands of files.
const eventLimits: JsonLimits = { characters: 30_000_000, depth: 100, members: 5_000_000 };

function readPayload(path: string | undefined): unknown {
  try {
    return path ? parseJson(readFileSync(path, 'utf8'), eventLimits) : undefined;
  } catch {
    // Without a payload nothing is certain, and every decision is the careful one.
    return undefined;
  }
}

// An internal repository says "private" too, and everyone in the enterprise can read its log.
function saysPrivate(payload: unknown): boolean {
  const visibility = memberAt(payload, 'repository', 'visibility');
  return (
    memberAt(payload, 'repository', 'private') === true &&
    (visibility === undefined || visibility === 'private')
  );
}

// Not every app has "[bot]" in its name: Copilot is told by the type alone. Runners other than GitHub's give no type.
function isProgram(payload: unknown, member: string): boolean {
  const user = member === 'pull_request' ? memberAt(payload, member, 'user') : memberAt(payload, member);
  const type = textMemberAt(user, 'type') ?? 'User';
  return type !== 'User' || isBot(textMemberAt(user, 'login') ?? '');
}

// A fork that was deleted has no repository any more.
function isFromFork(payload: unknown): boolean {
  const head = textMemberAt(payload, 'pull_request', 'head', 'repo', 'full_name');
  return head === undefined || head !== textMemberAt(payload, 'pull_request', 'base', 'repo', 'full_name');
}

// "owner/repository/.github/workflows/name.yml@refs/heads/main"
function workflowPath(reference: string | undefined): string {
  const file = /\/\.github\/workflows\/([^@/]+)@/.exec(reference ?? '')?.[1];
  return file ? `/workflows/${encodeURIComponent(file)}` : '';
}

function memberAt(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (inner, name) =>
      typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>)[name] : undefined,
    value,
  );
}

function textMemberAt(value: unknown, ...path: readonly string[]): string | undefined {
  const found = memberAt(value, ...path);
  return typeof found === 'string' ? found : undefined;
}
