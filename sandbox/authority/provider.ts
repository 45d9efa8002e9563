/** The OpenID provider library, configured: standard OAuth 2.0 and OpenID Connect, with Entra's claims in the tokens. */
import { randomBytes } from 'node:crypto';
import { type Configuration, default as Provider } from 'oidc-provider';
import { accessTokenClaims, idTokenClaims } from './claims.ts';
import { type Directory, homeAccountId } from './directory.ts';
import { cancelledPage, codePage, donePage, problemPage } from './pages.ts';
import { isOpenIdScope } from './requested-scopes.ts';
import type { AuthoritySettings } from './settings.ts';
import { providerPaths, type SigningKey, scopeParameter, tenantParameter } from './state.ts';
import type { ArtifactStore } from './store.ts';

/** Seconds; Entra lets a refresh token lie unused so long. */
const refreshTokenLifetime = 90 * 24 * 60 * 60;
const day = 24 * 60 * 60;
const hour = 60 * 60;

export interface ProviderParts {
  readonly settings: AuthoritySettings;
  readonly directory: Directory;
  readonly store: ArtifactStore;
  readonly signingKey: SigningKey;
}

/** @param issuer where the plain listener is: `http://127.0.0.1:PORT`. */
export function createProvider(issuer: string, parts: ProviderParts): Provider {
  const { settings, directory, store, signingKey } = parts;
  return new Provider(issuer, {
    adapter: (model) => store.adapter(model),
    clients: directory.applications.map(({ clientId, name }) => ({
      client_id: clientId,
      client_name: name,
      application_type: 'native',
      // Whether an app is a public client is for the dialect layer to say: Entra asks for a secret only when polled.
      token_endpoint_auth_method: 'none',
      grant_types: ['authorization_code', 'refresh_token', 'urn:ietf:params:oauth:grant-type:device_code'],
      // Any port: RFC 8252 section 7.3.
      redirect_uris: ['http://localhost'],
      id_token_signed_response_alg: 'ES256',
    })),
    jwks: { keys: [signingKey.privateJwk] },
    cookies: { keys: [randomBytes(16).toString('hex')] },
    clientBasedCORS: () => false,
    clockTolerance: 0,
    scopes: ['openid', 'profile', 'email', 'offline_access'],
    claims: { openid: ['sub', 'oid', 'tid', 'preferred_username', 'name', 'ver'] },
    extraParams: [tenantParameter, scopeParameter],
    findAccount: (_ctx, id) => {
      const account = directory.account(id);
      if (account === undefined) return undefined;
      return { accountId: homeAccountId(account), claims: () => idTokenClaims(account) };
    },
    // Everybody is asked at every sign-in, as with a person who has just come.
    loadExistingGrant: (ctx) => {
      const grantId = ctx.oidc.result?.consent?.grantId;
      return grantId === undefined ? undefined : ctx.oidc.provider.Grant.find(grantId);
    },
    expiresWithSession: () => false,
    issueRefreshToken: (_ctx, _client, code) => code.scopes.has('offline_access'),
    rotateRefreshToken: true,
    interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
    pkce: { required: () => true },
    routes: {
      authorization: providerPaths.authorize,
      code_verification: providerPaths.signInPage,
      device_authorization: providerPaths.deviceCode,
      jwks: providerPaths.keys,
      token: providerPaths.token,
    },
    formats: {
      customizers: {
        jwt: (_ctx, token, jwt) => {
          const account = directory.account('accountId' in token ? token.accountId : undefined);
          if (account !== undefined) jwt.payload = accessTokenClaims(account, jwt.payload);
        },
      },
    },
    features: features(settings),
    ttl: {
      AccessToken: () => settings.accessTokenLifetimeSeconds,
      AuthorizationCode: 10 * 60,
      DeviceCode: () => settings.deviceCodeLifetimeSeconds,
      Grant: 10 * 365 * day,
      IdToken: hour,
      Interaction: hour,
      RefreshToken: refreshTokenLifetime,
      Session: day,
    },
    renderError: (ctx, out) => {
      ctx.type = 'html';
      ctx.body = problemPage(out.error_description ?? out.error);
    },
  });
}

function features(settings: AuthoritySettings): NonNullable<Configuration['features']> {
  return {
    devInteractions: { enabled: false },
    dPoP: { enabled: false },
    pushedAuthorizationRequests: { enabled: false },
    rpInitiatedLogout: { enabled: false },
    userinfo: { enabled: false },
    resourceIndicators: {
      enabled: true,
      useGrantedResource: () => true,
      // Entra's resources are not fixed, nor are their permissions: each has what is asked of it.
      getResourceServerInfo: (ctx) => {
        const { DeviceCode, AuthorizationCode } = ctx.oidc.entities;
        const asked = ctx.oidc.params?.['scope'] ?? DeviceCode?.scope ?? AuthorizationCode?.scope ?? '';
        return {
          scope: String(asked)
            .split(' ')
            .filter((word) => !isOpenIdScope(word))
            .join(' '),
          accessTokenTTL: settings.accessTokenLifetimeSeconds,
          accessTokenFormat: 'jwt',
          jwt: { sign: { alg: 'ES256' } },
        };
      },
    },
    deviceFlow: {
      enabled: true,
      charset: 'base-20',
      mask: '*********',
      deviceInfo: () => ({}),
      userCodeInputSource: (ctx, _form, _out, error) => {
        // A browser that several people use in turn: who signed in before is not who signs in now.
        delete ctx.oidc.session?.accountId;
        const secret = String(ctx.oidc.session?.state?.['secret'] ?? '');
        ctx.body =
          error?.name === 'AbortedError' ? cancelledPage() : codePage({ xsrf: secret }, whatIsWrong(error));
      },
      userCodeConfirmSource: (ctx) => {
        ctx.redirect(providerPaths.signInPage);
      },
      successSource: (ctx) => {
        ctx.body = donePage(ctx.oidc.client?.clientName ?? '');
      },
    },
  };
}

function whatIsWrong(error: Error | undefined): string | undefined {
  switch (error?.name) {
    case undefined:
      return undefined;
    case 'NoCodeError':
      return 'Type the code first.';
    case 'NotFoundError':
      return 'That is not a code we know. Check it against the one your workflow shows.';
    case 'ExpiredError':
      return 'That code has expired. Start the workflow again for a new one.';
    case 'AlreadyUsedError':
      return 'That code has been used already. Start the workflow again for a new one.';
    default:
      return 'That did not work. Try once more.';
  }
}
