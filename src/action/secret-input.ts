import { getInput } from '@actions/core';
import type { Problems } from './inputs.ts';
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

/** Reads `secret-name`, `secret-token` and `secret-environment`; undefined when none is given. */
export function readSecretInput(run: WorkflowRun, problems: Problems): SecretInput | undefined {
  const name = getInput('secret-name').toUpperCase();
  const token = getInput('secret-token');
  const environment = getInput('secret-environment');
  if (name === '') {
    for (const [input, value] of Object.entries({
      'secret-token': token,
      'secret-environment': environment,
    })) {
      if (value !== '') problems.add(input, 'is given without secret-name, which says what to write');
    }
    return undefined;
  }
  checkName(name, problems);
  checkToken(token, problems);
  if (environment.length > 255 || /\p{Cc}/u.test(environment))
    problems.add('secret-environment', 'is longer than 255 characters, or holds control characters');
  if (!isOfGithub(run)) {
    problems.add(
      'secret-name',
      'cannot be used on this runner: its GITHUB_REPOSITORY and GITHUB_API_URL name no repository and no https address',
    );
  }
  return { name, token, environment };
}

/** @see https://docs.github.com/actions/reference/security/secrets#naming-your-secrets */
function checkName(name: string, problems: Problems): void {
  if (!/^[A-Z_][A-Z0-9_]*$/.test(name) || name.startsWith('GITHUB_')) {
    problems.add(
      'secret-name',
      'is no name of a secret; it may have letters, digits and "_", and must begin neither with a digit nor with GITHUB_',
    );
  }
}

function checkToken(token: string, problems: Problems): void {
  if (token === '')
    problems.add('secret-token', `is missing or empty, and secret-name needs it; ${whichToken}`);
  else if (!/^[\x21-\x7e]+$/.test(token))
    problems.add(
      'secret-token',
      `holds a space, a line break or another character that no token has; ${whichToken}`,
    );
}

function isOfGithub({ repository, apiUrl }: WorkflowRun): boolean {
  return /^[\w.-]+\/[\w.-]+$/.test(repository) && URL.parse(apiUrl)?.protocol === 'https:';
}
