/** Objects that many event payloads share. */

export interface RepositoryOptions {
  /** Default: private. */
  readonly visibility?: 'private' | 'public' | 'internal';
  /** `owner/name`. Default: `contoso/mail`. */
  readonly repository?: string;
  /** Default: `main`. */
  readonly defaultBranch?: string;
}

/** An internal repository is private in the payload: `visibility` tells them apart. */
export function repositoryObject({
  visibility = 'private',
  repository = 'contoso/mail',
  defaultBranch = 'main',
  fork = false,
}: RepositoryOptions & { readonly fork?: boolean }): Record<string, unknown> {
  const [owner = '', name = ''] = repository.split('/');
  return {
    id: fork ? 502 : 501,
    name,
    full_name: repository,
    private: visibility !== 'public',
    visibility,
    fork,
    default_branch: defaultBranch,
    html_url: `https://github.com/${repository}`,
    owner: { ...user(owner), type: 'Organization' },
  };
}

export function user(login: string): Record<string, unknown> {
  return {
    login,
    id: 1000 + login.length,
    type: login.endsWith('[bot]') ? 'Bot' : 'User',
    html_url: `https://github.com/${login}`,
  };
}
