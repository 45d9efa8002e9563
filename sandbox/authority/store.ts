/**
 * Where the provider library keeps its artifacts (its "adapter"): in memory, for as long as the authority runs.
 * Nothing is dropped when it expires, since Entra tells a code that is old from one that it never gave out.
 */
import type { Adapter, AdapterPayload } from 'oidc-provider';
import type { AuthoritySettings } from './settings.ts';

export class ArtifactStore {
  readonly #artifacts = new Map<string, AdapterPayload>();
  readonly #revokedRefreshTokens = new Set<string>();
  readonly #settings: AuthoritySettings;

  constructor(settings: AuthoritySettings) {
    this.#settings = settings;
  }

  adapter(model: string): Adapter {
    const key = (id: string) => `${model} ${id}`;
    const findBy = async (property: 'uid' | 'userCode', value: string) =>
      this.#of(model).find((payload) => payload[property] === value);
    return {
      upsert: async (id, payload) => {
        // The library lets a code be typed once; a person who closed the page half way may type it again.
        this.#artifacts.set(key(id), { ...payload, inFlight: false });
      },
      find: async (id) => this.#artifacts.get(key(id)),
      findByUid: (uid) => findBy('uid', uid),
      findByUserCode: (userCode) => findBy('userCode', userCode),
      destroy: async (id) => void this.#artifacts.delete(key(id)),
      consume: async (id) => this.#consume(model, key(id)),
      revokeByGrantId: async (grantId) => {
        for (const [name, payload] of this.#artifacts) {
          if (payload.grantId === grantId) this.#artifacts.delete(name);
        }
      },
    };
  }

  /** Ends the refresh tokens of an account as a password change or an administrator does (AADSTS50173). */
  revokeRefreshTokens(accountId: string): void {
    for (const { jti, accountId: owner } of this.#of('RefreshToken')) {
      if (owner !== accountId || jti === undefined) continue;
      this.#artifacts.delete(`RefreshToken ${jti}`);
      this.#revokedRefreshTokens.add(jti);
    }
  }

  /** Makes the refresh tokens of an account as old as if nobody had used them for 90 days (AADSTS700082). */
  expireRefreshTokens(accountId: string): void {
    for (const payload of this.#of('RefreshToken')) {
      if (payload.accountId === accountId) payload.exp = Math.floor(Date.now() / 1000) - 1;
    }
  }

  wasRevoked(refreshToken: string): boolean {
    return this.#revokedRefreshTokens.has(refreshToken);
  }

  #of(model: string): AdapterPayload[] {
    return [...this.#artifacts.values()].filter((payload) => payload.kind === model);
  }

  #consume(model: string, key: string): void {
    const payload = this.#artifacts.get(key);
    if (payload === undefined) return;
    if (model !== 'RefreshToken') payload.consumed = Math.floor(Date.now() / 1000);
    // The library would take a second use for theft and end the whole sign-in; Entra does not.
    else if (this.#settings.rotateAndRevoke) this.#artifacts.delete(key);
  }
}
