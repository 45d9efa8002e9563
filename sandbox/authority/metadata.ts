/** What a client can ask about the authority before it trusts it. */
import type { Answer } from '../faults.ts';
import { tenantIdOf } from './admission.ts';
import { isTenant } from './directory.ts';
import { EntraRefusal } from './entra-error.ts';
import type { EntraRequest } from './entra-request.ts';
import { jsonAnswer } from './json-answer.ts';
import type { AuthorityState } from './state.ts';

/** OpenID Connect Discovery 1.0 section 4, for a tenant. */
export function answerDiscovery({ authority, tenant }: EntraRequest): Answer {
  if (!isTenant(tenant)) throw new EntraRefusal(90002, { message: `Tenant '${tenant}' not found.` });
  const base = `https://${authority}/${tenant}`;
  return jsonAnswer(200, {
    issuer: `https://${authority}/${tenantIdOf(tenant)}/v2.0`,
    authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
    token_endpoint: `${base}/oauth2/v2.0/token`,
    device_authorization_endpoint: `${base}/oauth2/v2.0/devicecode`,
    jwks_uri: `${base}/discovery/v2.0/keys`,
    response_modes_supported: ['query', 'fragment', 'form_post'],
    response_types_supported: ['code'],
    scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['ES256'],
    token_endpoint_auth_methods_supported: ['none'],
    tenant_region_scope: null,
  });
}

/** The hosts of each cloud: the one to talk to, the one to cache under, and all of them. */
const clouds = [
  {
    preferred_network: 'login.microsoftonline.com',
    preferred_cache: 'login.windows.net',
    aliases: ['login.microsoftonline.com', 'login.windows.net', 'login.microsoft.com', 'sts.windows.net'],
  },
  {
    preferred_network: 'login.microsoftonline.us',
    preferred_cache: 'login.microsoftonline.us',
    aliases: ['login.microsoftonline.us', 'login.usgovcloudapi.net'],
  },
  {
    preferred_network: 'login.partner.microsoftonline.cn',
    preferred_cache: 'login.partner.microsoftonline.cn',
    aliases: ['login.partner.microsoftonline.cn', 'login.chinacloudapi.cn'],
  },
] as const;

/** Which hosts are the same cloud. One that Entra does not know is its own. */
export function answerInstanceDiscovery({ authority, parameters, tenant }: EntraRequest): Answer {
  const asked = URL.parse(parameters.get('authorization_endpoint') ?? '')?.host ?? authority;
  const isKnown = clouds.some(({ aliases }) => aliases.some((alias) => alias === asked));
  return jsonAnswer(200, {
    tenant_discovery_endpoint: `https://${asked}/${tenant}/v2.0/.well-known/openid-configuration`,
    'api-version': '1.1',
    metadata: isKnown ? clouds : [{ preferred_network: asked, preferred_cache: asked, aliases: [asked] }],
  });
}

/** RFC 7517 section 5. */
export function answerKeys({ signingKey }: AuthorityState): Answer {
  return jsonAnswer(200, { keys: [signingKey.publicJwk] });
}
