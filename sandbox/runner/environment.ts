/**
 * The environment variables an action is started with.
 *
 * @see https://github.com/actions/runner/blob/main/src/Runner.Worker/GitHubContext.cs
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/variables#default-environment-variables
 */
import type { WorkflowEvent } from './event.ts';
import type { RunFolders } from './run-folders.ts';

/** Paths of the files an action writes its results to. */
export interface CommandFiles {
  readonly output: string;
  readonly state: string;
  readonly env: string;
  readonly path: string;
  /** `undefined` on runners without job summaries. */
  readonly summary: string | undefined;
}

/** Of the own environment, only what a process cannot start without. */
const inherited = ['PATH', 'SystemRoot', 'SystemDrive', 'ComSpec', 'PATHEXT', 'ProgramFiles', 'WINDIR'];

export function runnerEnvironment(folders: RunFolders, isDebug: boolean): Record<string, string> {
  const { runnerTemp, home, temp } = folders.paths;
  const environment: Record<string, string> = {
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    HOME: home,
    USERPROFILE: home,
    TMPDIR: temp,
    TMP: temp,
    TEMP: temp,
    RUNNER_OS: runnerOs(),
    RUNNER_ARCH: process.arch === 'arm64' ? 'ARM64' : 'X64',
    RUNNER_NAME: 'sandbox',
    RUNNER_ENVIRONMENT: 'github-hosted',
    RUNNER_TEMP: runnerTemp,
    RUNNER_TOOL_CACHE: folders.toolCache,
  };
  for (const name of inherited) {
    const value = process.env[name];
    if (value !== undefined) environment[name] = value;
  }
  if (isDebug) environment['RUNNER_DEBUG'] = '1';
  return environment;
}

export function githubEnvironment(
  event: WorkflowEvent,
  eventPath: string,
  files: CommandFiles,
  workspace: string,
): Record<string, string> {
  const workflowRef = `${event.repository}/.github/workflows/token.yml@${event.ref}`;
  return {
    GITHUB_ACTION: '__contoso_entra-user-token',
    GITHUB_ACTION_REF: 'v1',
    GITHUB_ACTION_REPOSITORY: 'contoso/entra-user-token',
    GITHUB_ACTOR: event.actor,
    GITHUB_ACTOR_ID: String(1000 + event.actor.length),
    GITHUB_API_URL: 'https://api.github.com',
    GITHUB_BASE_REF: event.baseRef,
    GITHUB_ENV: files.env,
    GITHUB_EVENT_NAME: event.name,
    GITHUB_EVENT_PATH: eventPath,
    GITHUB_GRAPHQL_URL: 'https://api.github.com/graphql',
    GITHUB_HEAD_REF: event.headRef,
    GITHUB_JOB: 'token',
    GITHUB_OUTPUT: files.output,
    GITHUB_PATH: files.path,
    GITHUB_REF: event.ref,
    GITHUB_REF_NAME: event.refName,
    GITHUB_REF_PROTECTED: 'false',
    GITHUB_REF_TYPE: 'branch',
    GITHUB_REPOSITORY: event.repository,
    GITHUB_REPOSITORY_ID: String(event.repositoryId),
    GITHUB_REPOSITORY_OWNER: event.repository.split('/')[0] ?? '',
    GITHUB_REPOSITORY_OWNER_ID: String(event.repositoryOwnerId),
    GITHUB_RETENTION_DAYS: '90',
    GITHUB_RUN_ATTEMPT: String(event.runAttempt),
    GITHUB_RUN_ID: String(event.runId),
    GITHUB_RUN_NUMBER: String(event.runNumber),
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_SHA: event.sha,
    GITHUB_STATE: files.state,
    ...(files.summary !== undefined && { GITHUB_STEP_SUMMARY: files.summary }),
    GITHUB_TRIGGERING_ACTOR: event.triggeringActor,
    GITHUB_WORKFLOW: 'Token',
    GITHUB_WORKFLOW_REF: workflowRef,
    GITHUB_WORKFLOW_SHA: event.sha,
    GITHUB_WORKSPACE: workspace,
  };
}

/** `INPUT_` variables: upper case, spaces become underscores, dashes stay. */
export function inputEnvironment(inputs: ReadonlyMap<string, string>): Record<string, string> {
  const variables = [...inputs].map(([name, value]) => [
    `INPUT_${name.replaceAll(' ', '_').toUpperCase()}`,
    value,
  ]);
  return Object.fromEntries(variables);
}

function runnerOs(): string {
  switch (process.platform) {
    case 'win32':
      return 'Windows';
    case 'darwin':
      return 'macOS';
    default:
      return 'Linux';
  }
}
