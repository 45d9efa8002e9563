/** What the parts of one authority share. */
import type { CryptoKey, JWK } from 'jose';
import type Provider from 'oidc-provider';
import type { Consents } from './consents.ts';
import type { Directory } from './directory.ts';
import type { AuthoritySettings } from './settings.ts';
import type { ArtifactStore } from './store.ts';

export interface SigningKey {
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
  /** With `kid`, `alg` and `use`, as published. */
  readonly publicJwk: JWK;
  readonly privateJwk: JWK;
}

export interface AuthorityState {
  readonly settings: AuthoritySettings;
  readonly directory: Directory;
  readonly consents: Consents;
  readonly store: ArtifactStore;
  readonly signingKey: SigningKey;
  readonly provider: Provider;
  /** Told of each user code that is given out. */
  readonly onUserCode: ((userCode: string) => void) | undefined;
}

/** Parameters that the dialect layer hands to the provider library, which keeps them with a code. */
export const tenantParameter = 'entra_tenant';
export const scopeParameter = 'entra_scope';

/** Where the provider library's end points are on the plain listener. */
export const providerPaths = {
  authorize: '/oidc/authorize',
  deviceCode: '/oidc/devicecode',
  keys: '/oidc/keys',
  token: '/oidc/token',
  signInPage: '/devicelogin',
} as const;
