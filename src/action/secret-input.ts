import type { Settings } from '../settings.ts';
import type { WorkflowRun } from './workflow-run.ts';

/** The Actions secret to write the sign-in back to. */
export interface SecretInput {
  /** In upper case, as the platform stores it. */
  readonly name: string;
  readonly token: string;
  /** Empty for a secret of the repository. */
  readonly environment: string;
}

const whichToken =
  'give the token of a GitHub App, or a fine-grained personal access token, that may write secrets; GITHUB_TOKEN cannot';

/** Reads `secret-name`, `secret-token` and `secret-environment`; undefined when no secret is named. */
export function readSecretInput(run: WorkflowRun, settings: Settings): SecretInput | undefined {
  if (!settings.isGiven('secret-name')) {
    for (const input of ['secret-token', 'secret-environment'] as const) {
      if (settings.isGiven(input))
        settings.addProblem(input, 'is given without secret-name, which says what to write');
    }
    return undefined;
  }
  const name = settings.get('secret-name').toUpperCase();
  const token = settings.get('secret-token');
  const environment = settings.get('secret-environment');
  checkName(name, settings);
  checkToken(token, settings);
  checkEnvironment(environment, settings);
  if (!isOfGithub(run)) {
    settings.addProblem(
      'secret-name',
      'cannot be used on this runner: its GITHUB_REPOSITORY and GITHUB_API_URL name no repository and no https address',
    );
  }
  return { name, token, environment };
}

/** @see https://docs.github.com/actions/reference/security/secrets#naming-your-secrets */
function checkName(name: string, settings: Settings): void {
  if (!/^[A-Z_][A-Z0-9_]*$/.test(name) || name.startsWith('GITHUB_')) {
    settings.addProblem(
      'secret-name',
      'is no name of a secret; it may have letters, digits and "_", and must begin neither with a digit nor with GITHUB_',
    );
  }
}

function checkToken(token: string, settings: Settings): void {
  if (token === '')
    settings.addProblem('secret-token', `is missing or empty, and secret-name needs it; ${whichToken}`);
  else if (!/^[\x21-\x7e]+$/.test(token))
    settings.addProblem(
      'secret-token',
      `holds a space, a line break or another character that no token has; ${whichToken}`,
    );
}

/** The name is a segment of a path, in which `..` and slashes would lead to something else. */
function checkEnvironment(environment: string, settings: Settings): void {
  if (/\p{Cc}/u.test(environment)) settings.addProblem('secret-environment', 'holds control characters');
  else if (/^\.{1,2}$|[/\\]|%2e|%2f|%5c/i.test(environment))
    settings.addProblem(
      'secret-environment',
      'is not the name of an environment; it must not contain a slash, encoded or not, and must not be "." or ".."',
    );
}

function isOfGithub({ repository, apiUrl }: WorkflowRun): boolean {
  return (
    /^[\w.-]+\/[\w.-]+$/.test(repository) &&
    !/(?:^|\/)\.{1,2}(?:\/|$)/.test(repository) &&
    URL.parse(apiUrl)?.protocol === 'https:'
  );
}
