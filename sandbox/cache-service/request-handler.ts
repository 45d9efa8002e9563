/** What the cache service does with an HTTP request: find the endpoint, log it, let a fault strike or answer it. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { type Answer, answerWithFault, type FaultPlan } from '../faults.ts';
import { getBlob, isBlobPath, putBlob, type SignedUrls } from './blob-storage.ts';
import type { EntryStore } from './entry-store.ts';
import type { RuntimeTokens } from './runtime-tokens.ts';
import { answerCall, parseCall, type TwirpMethod, twirpError, twirpMethods, twirpPrefix } from './twirp.ts';

/**
 * How the service is: `full` refuses new entries for lack of storage, `rate-limited` answers 429, `absent` is a
 * runner that has none (no variables), `unreachable` an address where nobody listens.
 */
export type CacheServiceMode = 'normal' | 'full' | 'rate-limited' | 'absent' | 'unreachable';

export type CacheEndpoint = 'create' | 'upload' | 'finalize' | 'lookup' | 'download';

/** One request, in the order they came. */
export interface CacheRequest {
  readonly endpoint: CacheEndpoint | 'unknown';
  /** The key asked for; `undefined` for archives. */
  readonly key: string | undefined;
  /** HTTP status; `undefined` as long as there is no answer, or where the connection broke before one. */
  readonly status: number | undefined;
  /** From the request's last byte to the end of the answer or of the connection. */
  readonly milliseconds: number | undefined;
}

/** What the answers are made from. */
export interface CacheServiceState {
  mode: CacheServiceMode;
  readonly faults: FaultPlan;
  readonly store: EntryStore;
  readonly tokens: RuntimeTokens;
  readonly urls: SignedUrls;
  readonly requests: CacheRequest[];
}

export async function handleRequest(
  state: CacheServiceState,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { method = '', headers, url: path = '/' } = request;
  const url = new URL(path, 'http://127.0.0.1');
  const endpoint = endpointOf(method, url);
  const bytes = await buffer(request);
  // An archive is no text, and of no use to a predicate of a fault plan.
  const body = endpoint === 'upload' ? '' : bytes.toString();
  logRequest(state.requests, endpoint, body, response);
  const host = new URL(`http://${headers.host ?? '127.0.0.1'}`).hostname;
  const fault = state.faults.take({ method, path, host, body, names: [endpoint] });
  await answerWithFault(fault, response, () => {
    switch (endpoint) {
      case 'upload':
        return putBlob(url, headers, bytes, state.store, state.urls);
      case 'download':
        return getBlob(url, state.store, state.urls);
      default:
        return answerTwirp(state, url, headers.authorization, body);
    }
  });
}

function answerTwirp(
  state: CacheServiceState,
  url: URL,
  authorization: string | undefined,
  body: string,
): Answer {
  const method = methodOf(url);
  if (!method) return twirpError(404, 'bad_route', `no handler for ${url.pathname}`);
  const scopes = state.tokens.scopesOf(authorization);
  if (!scopes) return twirpError(401, 'unauthenticated', 'invalid token');
  if (state.mode === 'rate-limited') {
    return twirpError(429, 'resource_exhausted', 'rate limit exceeded', { 'retry-after': '30' });
  }
  // Of the refusal of a full cache only the two words are known that the client looks for.
  if (state.mode === 'full' && method === 'CreateCacheEntry') {
    return twirpError(403, 'permission_denied', 'insufficient usage to create a cache entry');
  }
  const call = parseCall(method, scopes, body);
  if (!call) return twirpError(400, 'malformed', 'key and version are required');
  return answerCall(call, state.store, state.urls);
}

function logRequest(
  requests: CacheRequest[],
  endpoint: CacheRequest['endpoint'],
  body: string,
  response: ServerResponse,
): void {
  const start = performance.now();
  const key = /"key":\s*"([^"]*)"/.exec(body)?.[1];
  const index = requests.push({ endpoint, key, status: undefined, milliseconds: undefined }) - 1;
  response.once('close', () => {
    const status = response.headersSent ? response.statusCode : undefined;
    requests[index] = { endpoint, key, status, milliseconds: performance.now() - start };
  });
}

function endpointOf(httpMethod: string, url: URL): CacheRequest['endpoint'] {
  const twirpMethod = methodOf(url);
  if (httpMethod === 'POST' && twirpMethod) return twirpMethods[twirpMethod];
  if (httpMethod === 'GET' && isBlobPath(url.pathname)) return 'download';
  // With `comp` a PUT would be part of an upload in blocks, which the client makes only above 128 MiB.
  if (httpMethod === 'PUT' && isBlobPath(url.pathname) && !url.searchParams.has('comp')) return 'upload';
  return 'unknown';
}

function methodOf(url: URL): TwirpMethod | undefined {
  const name = url.pathname.startsWith(twirpPrefix) ? url.pathname.slice(twirpPrefix.length) : '';
  return isTwirpMethod(name) ? name : undefined;
}

function isTwirpMethod(name: string): name is TwirpMethod {
  return Object.hasOwn(twirpMethods, name);
}
