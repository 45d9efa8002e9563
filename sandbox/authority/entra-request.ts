/** A request to the dialect layer, read: which end point of Entra's, which tenant, which parameters. */
import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';

export type EndpointName =
  | 'device-code'
  | 'token'
  | 'authorize'
  | 'discovery'
  | 'instance-discovery'
  | 'keys'
  | 'me'
  | 'introspection'
  | 'unknown';

export interface EntraRequest {
  readonly method: string;
  /** As the client named it, without the port, in lower case. */
  readonly host: string;
  /** With the port, where it is not 443. */
  readonly authority: string;
  /** Without the query. */
  readonly path: string;
  readonly endpoint: EndpointName;
  /** As it stands in the path; empty where there is none. */
  readonly tenant: string;
  /** Of the query, and of a form in the body. */
  readonly parameters: URLSearchParams;
  readonly body: string;
  readonly authorization: string | undefined;
  /** `device_code` also for the long name of RFC 8628 section 3.4. */
  readonly grantType: string | undefined;
  readonly correlationId: string | undefined;
}

export const introspectionPath = '/sandbox/introspect';

const deviceCodeGrant = 'urn:ietf:params:oauth:grant-type:device_code';

export async function readEntraRequest(message: IncomingMessage): Promise<EntraRequest> {
  const body = await text(message);
  const authority = (message.headers.host ?? 'localhost').toLowerCase();
  const url = new URL(message.url ?? '/', `https://${authority}`);
  const parameters = new URLSearchParams(url.search);
  if (message.headers['content-type']?.startsWith('application/x-www-form-urlencoded')) {
    for (const [name, value] of new URLSearchParams(body)) parameters.set(name, value);
  }
  const grantType = parameters.get('grant_type') ?? undefined;
  return {
    method: message.method ?? 'GET',
    host: url.hostname,
    authority,
    path: url.pathname,
    ...route(url.pathname),
    parameters,
    body,
    authorization: message.headers.authorization,
    grantType: grantType === deviceCodeGrant ? 'device_code' : grantType,
    correlationId: parameters.get('client-request-id') ?? headerOf(message, 'client-request-id'),
  };
}

/** The names by which a fault can be planned for a request: `token`, and `token:refresh_token`. */
export function faultNames({ endpoint, grantType }: EntraRequest): readonly string[] {
  return grantType === undefined ? [endpoint] : [endpoint, `${endpoint}:${grantType}`];
}

const endpoints: Readonly<Record<string, EndpointName>> = {
  'oauth2/v2.0/devicecode': 'device-code',
  'oauth2/v2.0/token': 'token',
  'oauth2/v2.0/authorize': 'authorize',
  'v2.0/.well-known/openid-configuration': 'discovery',
  'discovery/v2.0/keys': 'keys',
  'discovery/instance': 'instance-discovery',
};

function route(path: string): { endpoint: EndpointName; tenant: string } {
  if (path === '/v1.0/me') return { endpoint: 'me', tenant: '' };
  if (path === introspectionPath) return { endpoint: 'introspection', tenant: '' };
  const [, tenant = '', ...rest] = path.split('/');
  return { endpoint: endpoints[rest.join('/')] ?? 'unknown', tenant };
}

function headerOf(message: IncomingMessage, name: string): string | undefined {
  const value = message.headers[name];
  return typeof value === 'string' ? value : undefined;
}
