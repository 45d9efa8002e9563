/**
 * Refresh tokens as Entra has them: bound to a person and an app, but to no resource and no scopes. Each use is for
 * whatever the person has consented to. The library binds a token to what was granted with it, so a token is widened
 * to the consent before the library sees it.
 * Source: https://learn.microsoft.com/entra/identity-platform/refresh-tokens
 */
import type Provider from 'oidc-provider';
import { required } from './admission.ts';
import { type Account, type Application, tenantHolds } from './directory.ts';
import { EntraRefusal } from './entra-error.ts';
import type { EntraRequest } from './entra-request.ts';
import type { PreparedGrant } from './prepared-grant.ts';
import { graphFor, isOpenIdScope, parseScopes, type RequestedScopes } from './requested-scopes.ts';
import type { AuthorityState } from './state.ts';

type RefreshToken = InstanceType<Provider['RefreshToken']>;

/**
 * @throws EntraRefusal 50173 revoked; 700082 unused for too long; 70000 not known, or another app's; 50020 an
 *   account that this tenant does not hold; 65001 a permission without consent; 28000, 70011 for bad scopes.
 */
export async function prepareRefresh(
  { parameters, host, tenant }: EntraRequest,
  application: Application,
  state: AuthorityState,
): Promise<PreparedGrant> {
  const value = required(parameters, 'refresh_token');
  const token = await find(value, application, state);
  const account = state.directory.account(token.accountId);
  if (account === undefined || !tenantHolds(tenant, account)) throw new EntraRefusal(50020);
  const scopes = parseScopes(required(parameters, 'scope'), graphFor(host));
  const permissions = consentedPermissions(scopes, token, account, application, state);
  const openId = [...new Set([...scopes.openId, ...[...token.scopes].filter(isOpenIdScope)])];
  await widen(token, scopes.resource, permissions, openId, state);
  return {
    form: {
      grant_type: 'refresh_token',
      refresh_token: value,
      resource: scopes.resource,
      scope: [...permissions, ...scopes.openId].join(' '),
    },
    scopes,
  };
}

async function find(
  value: string,
  application: Application,
  { provider, store }: AuthorityState,
): Promise<RefreshToken> {
  if (store.wasRevoked(value)) throw new EntraRefusal(50173);
  const token = await provider.RefreshToken.find(value, { ignoreExpiration: true });
  if (token === undefined || token.clientId !== application.clientId) throw new EntraRefusal(70000);
  if (token.isExpired) throw new EntraRefusal(700082);
  return token;
}

function consentedPermissions(
  { resource, permissions }: RequestedScopes,
  { accountId = '' }: RefreshToken,
  account: Account,
  { clientId, name }: Application,
  { consents }: AuthorityState,
): readonly string[] {
  const all = consents.of(clientId, accountId, resource);
  const byDefault = permissions.includes('.default');
  const missing = byDefault
    ? all.length === 0
    : permissions.some((permission) => !consents.holds(clientId, accountId, resource, permission));
  if (missing) {
    throw new EntraRefusal(65001, {
      message:
        `The user or administrator has not consented to use the application with ID '${clientId}' named '${name}'. ` +
        `Send an interactive authorization request for user ${account.username} and resource ${resource}.`,
    });
  }
  return byDefault ? all : permissions;
}

async function widen(
  token: RefreshToken,
  resource: string,
  permissions: readonly string[],
  openId: readonly string[],
  { provider }: AuthorityState,
): Promise<void> {
  const grant = await provider.Grant.find(token.grantId ?? '');
  if (grant === undefined) throw new EntraRefusal(70000);
  grant.addOIDCScope([...openId]);
  if (permissions.length > 0) grant.addResourceScope(resource, [...permissions]);
  await grant.save();
  const bound = [token.resource ?? []].flat();
  token.resource = [...new Set([...bound, resource])];
  token.scope = [...new Set([...token.scopes, ...permissions, ...openId])].join(' ');
  await token.save();
}
