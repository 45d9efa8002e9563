/** The tokens that the REST API knows, and what each may do. */
import { randomBytes } from 'node:crypto';

export type Permission = 'read' | 'write';

/** What a fine-grained token may do, as far as secrets go. Without a permission it may not even read. */
export interface Grants {
  readonly secrets?: Permission;
  readonly environments?: Permission;
  /** Repositories (`owner/name`) it was given access to. Default: `contoso/mail`. */
  readonly repositories?: readonly string[];
  /** `pat`: a fine-grained personal access token. `app`: that of a GitHub App; `GITHUB_TOKEN` looks like one. */
  readonly kind?: 'pat' | 'app';
}

export class AccessTokens {
  readonly #grants = new Map<string, Grants>();

  issue(grants: Grants): string {
    const random = randomBytes(30).toString('base64url').replaceAll(/[-_]/g, 'x');
    const token = grants.kind === 'app' ? `ghs_${random}` : `github_pat_11${random}`;
    this.#grants.set(token, grants);
    return token;
  }

  revoke(token: string): void {
    this.#grants.delete(token);
  }

  /** `undefined` unless this service issued the token in an `Authorization` header. */
  grantsOf(authorization: string | undefined): Grants | undefined {
    const [, token = ''] = /^(?:Bearer|token) (\S+)$/i.exec(authorization ?? '') ?? [];
    return this.#grants.get(token);
  }
}
