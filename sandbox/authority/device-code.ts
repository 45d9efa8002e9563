/**
 * The device code end point.
 * Source: RFC 8628 sections 3.1 and 3.2; https://learn.microsoft.com/entra/identity-platform/v2-oauth2-device-code
 */
import type { Answer } from '../faults.ts';
import { admit, required } from './admission.ts';
import type { BackChannel } from './back-channel.ts';
import { EntraRefusal } from './entra-error.ts';
import type { EntraRequest } from './entra-request.ts';
import { jsonAnswer } from './json-answer.ts';
import { graphFor, parseScopes, preconfiguredPermissions, type RequestedScopes } from './requested-scopes.ts';
import type { IssuedSecrets } from './secrets.ts';
import { type AuthorityState, providerPaths, scopeParameter, tenantParameter } from './state.ts';

export async function answerDeviceCode(
  request: EntraRequest,
  state: AuthorityState,
  backChannel: BackChannel,
  secrets: IssuedSecrets,
): Promise<Answer> {
  const application = admit(request, state);
  const scope = required(request.parameters, 'scope');
  const reply = await backChannel.post(providerPaths.deviceCode, {
    client_id: application.clientId,
    ...signInParameters(parseScopes(scope, graphFor(request.host)), scope, request.tenant),
  });
  if (!reply.ok) throw new EntraRefusal(70011, { message: String(reply.body['error_description']) });
  const {
    device_code: deviceCode,
    user_code: userCode,
    verification_uri: page,
    expires_in: lifetime,
  } = reply.body;
  secrets.add('device_code', deviceCode);
  state.onUserCode?.(String(userCode));
  const interval = state.settings.intervalSeconds;
  return jsonAnswer(200, {
    user_code: userCode,
    device_code: deviceCode,
    verification_uri: page,
    expires_in: lifetime,
    ...(interval === undefined ? {} : { interval }),
    message: `To sign in, use a web browser to open the page ${page} and enter the code ${userCode} to authenticate.`,
  });
}

/** A sign-in in the library's terms: bare permissions, and the resource apart (RFC 8707). */
export function signInParameters(
  scopes: RequestedScopes,
  scope: string,
  tenant: string,
): Readonly<Record<string, string>> {
  return {
    scope: [...permissionsAtSignIn(scopes), ...scopes.openId].join(' '),
    resource: scopes.resource,
    [scopeParameter]: scope,
    [tenantParameter]: tenant,
  };
}

function permissionsAtSignIn({ resource, permissions }: RequestedScopes): readonly string[] {
  return permissions.includes('.default') ? preconfiguredPermissions(resource) : permissions;
}
