/** The token end point: three grants, each checked in Entra's terms, then left to the provider library. */
import { decodeJwt, SignJWT } from 'jose';
import type { Answer } from '../faults.ts';
import { admit, required } from './admission.ts';
import type { BackChannel, ProviderReply } from './back-channel.ts';
import { pairwiseSubject } from './claims.ts';
import type { Application } from './directory.ts';
import { EntraRefusal } from './entra-error.ts';
import type { EntraRequest } from './entra-request.ts';
import { jsonAnswer } from './json-answer.ts';
import type { PreparedGrant } from './prepared-grant.ts';
import { prepareRefresh } from './refresh.ts';
import { graphFor, parseScopes, type RequestedScopes } from './requested-scopes.ts';
import type { IssuedSecrets } from './secrets.ts';
import { type AuthorityState, providerPaths, scopeParameter } from './state.ts';

export async function answerToken(
  request: EntraRequest,
  state: AuthorityState,
  backChannel: BackChannel,
  secrets: IssuedSecrets,
): Promise<Answer> {
  const application = admit(request, state);
  if (!application.publicClient) throw new EntraRefusal(7000218);
  const { form, scopes } = await prepare(request, application, state);
  const reply = await backChannel.post(providerPaths.token, { client_id: application.clientId, ...form });
  if (!reply.ok) throw refusal(reply, request.grantType);
  return success(reply, scopes, request, state, secrets);
}

function prepare(
  request: EntraRequest,
  application: Application,
  state: AuthorityState,
): Promise<PreparedGrant> | PreparedGrant {
  switch (request.grantType) {
    case 'device_code':
      return prepareDeviceCode(request, application, state);
    case 'refresh_token':
      return prepareRefresh(request, application, state);
    case 'authorization_code':
      return prepareAuthorizationCode(request);
    case undefined:
      throw new EntraRefusal(900144);
    default:
      throw new EntraRefusal(70003);
  }
}

async function prepareDeviceCode(
  { parameters, host }: EntraRequest,
  application: Application,
  { provider }: AuthorityState,
): Promise<PreparedGrant> {
  const deviceCode = required(parameters, 'device_code');
  const code = await provider.DeviceCode.find(deviceCode, { ignoreExpiration: true });
  if (code === undefined || code.clientId !== application.clientId) throw new EntraRefusal(70018);
  if (code.consumed) throw new EntraRefusal(90120);
  const scope = String(code.params?.[scopeParameter] ?? '');
  return {
    form: { grant_type: 'urn:ietf:params:oauth:grant-type:device_code', device_code: deviceCode },
    scopes: parseScopes(scope, graphFor(host)),
  };
}

function prepareAuthorizationCode({ parameters, host }: EntraRequest): PreparedGrant {
  return {
    form: {
      grant_type: 'authorization_code',
      code: required(parameters, 'code'),
      redirect_uri: required(parameters, 'redirect_uri'),
      code_verifier: required(parameters, 'code_verifier'),
    },
    scopes: parseScopes(required(parameters, 'scope'), graphFor(host)),
  };
}

function refusal({ body }: ProviderReply, grantType: string | undefined): EntraRefusal {
  switch (body['error']) {
    case 'authorization_pending':
      return new EntraRefusal(70016);
    case 'expired_token':
      return new EntraRefusal(70020);
    case 'access_denied':
      return new EntraRefusal(90120, {
        error: 'authorization_declined',
        message: 'The end user has declined the authorization request.',
      });
    default:
      return new EntraRefusal(grantType === 'refresh_token' ? 70000 : 9002313, {
        error: String(body['error']),
        message: String(body['error_description']),
      });
  }
}

async function success(
  { body }: ProviderReply,
  scopes: RequestedScopes,
  request: EntraRequest,
  state: AuthorityState,
  secrets: IssuedSecrets,
): Promise<Answer> {
  const accessToken = String(body['access_token']);
  const { oid, tid, scp } = decodeJwt(accessToken);
  const standardIdToken = body['id_token'];
  const idToken =
    typeof standardIdToken === 'string'
      ? await asEntraSigns(standardIdToken, request.host, state)
      : undefined;
  secrets.add('access_token', accessToken);
  secrets.add('refresh_token', body['refresh_token']);
  secrets.add('id_token', idToken);
  const refreshIn = state.settings.refreshInSeconds;
  return jsonAnswer(200, {
    token_type: 'Bearer',
    scope: grantedScope(scopes, String(scp)),
    expires_in: body['expires_in'],
    ext_expires_in: body['expires_in'],
    ...(refreshIn === undefined ? {} : { refresh_in: refreshIn }),
    access_token: accessToken,
    ...(body['refresh_token'] === undefined ? {} : { refresh_token: body['refresh_token'] }),
    ...(idToken === undefined ? {} : { id_token: idToken }),
    client_info: Buffer.from(JSON.stringify({ uid: oid, utid: tid })).toString('base64url'),
  });
}

/** The `scope` of an answer: permissions as the client spelled them, with the OpenID ones where Graph has them. */
function grantedScope({ resource, permissions, spelled, openId }: RequestedScopes, scp: string): string {
  const prefix = permissions.includes('.default') ? spelled[0]?.slice(0, -'.default'.length) : undefined;
  const granted = prefix === undefined ? [] : scp.split(' ').map((permission) => `${prefix}${permission}`);
  const graph = /^https:\/\/(graph\.microsoft|microsoftgraph)\./.test(resource);
  const identity = openId.filter((scope) => scope !== 'offline_access');
  if (identity.includes('profile') && !identity.includes('email')) identity.push('email');
  return [...granted, ...spelled, ...(graph ? identity : [])].join(' ');
}

/** The library has one issuer, and one subject a person; Entra has them by tenant and by app. So it is signed again. */
function asEntraSigns(
  idToken: string,
  host: string,
  { directory, signingKey }: AuthorityState,
): Promise<string> {
  const claims = decodeJwt(idToken);
  const account = directory.account(claims.sub);
  if (account === undefined) throw new Error('An id token of nobody');
  const iss = `https://${host}/${account.tenantId}/v2.0`;
  return new SignJWT({ ...claims, iss, sub: pairwiseSubject(account, claims.aud) })
    .setProtectedHeader({ alg: 'ES256', typ: 'JWT', kid: String(signingKey.publicJwk.kid) })
    .sign(signingKey.privateKey);
}
