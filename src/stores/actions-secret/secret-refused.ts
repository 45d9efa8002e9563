/** Where secrets are, and who asks for them. */
export interface SecretAccess {
  /** Base address of the REST API, as `GITHUB_API_URL` has it: of GitHub Enterprise Server it ends in `/api/v3`. */
  readonly apiUrl: string;
  /** `owner/name` */
  readonly repository: string;
  /** Empty for the repository's own secrets. */
  readonly environment: string;
  readonly token: string;
}

/**
 * GitHub refused. The message says why in this action's own words, {@link SecretRefused.fix} what to do;
 * neither has a full stop.
 */
export class SecretRefused extends Error {
  override readonly name = 'SecretRefused';
  readonly fix: string;

  /** @param doing what was refused: reading the public key is the first request, writing the second */
  constructor(doing: 'read' | 'write', status: number, access: SecretAccess) {
    const { why, fix } = explain(doing, status, access);
    super(`${why} (${status})`);
    this.fix = fix;
  }
}

interface Refusal {
  readonly why: string;
  readonly fix: string;
}

function explain(doing: 'read' | 'write', status: number, access: SecretAccess): Refusal {
  const { repository, environment } = access;
  const fix = tokenAdvice(access);
  switch (status) {
    case 401:
      return { why: 'GitHub did not accept secret-token: it has expired, was revoked, or is no token', fix };
    case 403:
      return doing === 'read'
        ? {
            why: `secret-token may not use the secrets of ${describeOwner(access)}; GITHUB_TOKEN never may, whatever its permissions say`,
            fix: `${fix}. If it has that already, look whether the organization must approve the token or authorize it for SSO`,
          }
        : { why: `secret-token may read the secrets of ${describeOwner(access)}, but not write them`, fix };
    case 404:
      return environment === ''
        ? {
            why: `GitHub shows secret-token no repository ${repository}`,
            fix: `${fix}. A token is shown only the repositories that were chosen for it`,
          }
        : {
            why: `GitHub shows secret-token no environment "${environment}" in ${repository}`,
            fix: `check the spelling of secret-environment; if it is right: ${fix}`,
          };
    case 422:
      return {
        why: 'GitHub did not accept the name or the value of the secret',
        fix: 'check secret-name; if it is right, report this',
      };
    default:
      return {
        why: 'GitHub sent a response that this action does not know',
        fix: `check GITHUB_API_URL, and whether ${repository} was renamed`,
      };
  }
}

/** @see https://docs.github.com/rest/authentication/permissions-required-for-fine-grained-personal-access-tokens */
function tokenAdvice({ repository, environment }: SecretAccess): string {
  const permission = environment === '' ? 'Secrets' : 'Environments';
  return `give secret-token the token of a GitHub App, or a fine-grained personal access token, with the repository permission "${permission}: write" for ${repository}`;
}

function describeOwner({ repository, environment }: SecretAccess): string {
  return environment === '' ? repository : `the environment "${environment}" of ${repository}`;
}
