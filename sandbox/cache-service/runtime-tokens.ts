/**
 * The tokens a job shows to the cache service: which branches' caches it may read, and which it may write.
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** One branch's caches, as far as a job may use them. */
export interface CacheScope {
  /** Full git ref, such as `refs/heads/main` or `refs/pull/7/merge`. */
  readonly ref: string;
  readonly permission: 'read' | 'read-write';
}

export class RuntimeTokens {
  readonly #key = randomBytes(32);

  /**
   * Issues an `ACTIONS_RUNTIME_TOKEN`. Like the platform's it is a JWT with the scopes in its `ac` claim, as
   * JSON in a string, where 1 stands for reading and 3 for reading and writing.
   */
  issue(scopes: readonly CacheScope[]): string {
    const ac = scopes.map(({ ref, permission }) => ({
      Scope: ref,
      Permission: permission === 'read' ? 1 : 3,
    }));
    const claims = {
      iss: 'https://token.actions.githubusercontent.com',
      jti: randomBytes(8).toString('hex'),
    };
    const signed = `${segment({ typ: 'JWT', alg: 'HS256' })}.${segment({ ...claims, ac: JSON.stringify(ac) })}`;
    return `${signed}.${this.#sign(signed)}`;
  }

  /** The scopes of the token in an `Authorization` header; `undefined` unless this service issued it. */
  scopesOf(authorization: string | undefined): readonly CacheScope[] | undefined {
    const [, header, payload, signature] =
      /^Bearer ([^.]+)\.([^.]+)\.([^.]+)$/i.exec(authorization ?? '') ?? [];
    if (header === undefined || payload === undefined || signature === undefined) return undefined;
    if (!sameText(signature, this.#sign(`${header}.${payload}`))) return undefined;
    const claims: { ac: string } = JSON.parse(Buffer.from(payload, 'base64url').toString());
    const ac: { Scope: string; Permission: number }[] = JSON.parse(claims.ac);
    return ac.map(({ Scope, Permission }) => ({
      ref: Scope,
      permission: Permission === 3 ? 'read-write' : 'read',
    }));
  }

  #sign(text: string): string {
    return createHmac('sha256', this.#key).update(text).digest('base64url');
  }
}

function segment(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function sameText(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}
