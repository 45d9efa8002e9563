import type { IncomingMessage } from 'node:http';
import { Agent, type RequestOptions, request as startRequest } from 'node:https';
import { getProxyForUrl } from 'proxy-from-env';
import { type AttemptBounds, type HttpRequest, type HttpResponse, TransportError } from './transport.ts';

// The answers of Entra and of GitHub's API are a few kilobytes.
const largestAnswer = 1_048_576;

/**
 * Sends requests over HTTPS, through the proxy that `https_proxy` and `no_proxy` name for the host, in either case.
 * No connection is kept: a step makes one request, or polls with seconds between.
 */
export async function httpsTransport(request: HttpRequest, bounds: AttemptBounds): Promise<HttpResponse> {
  const agent = await agentFor(request.url);
  try {
    return await attempt(request, agent, bounds);
  } finally {
    agent.destroy();
  }
}

async function agentFor(url: string): Promise<Agent> {
  const proxy = getProxyForUrl(url);
  if (!proxy) return new Agent({ keepAlive: false });
  // The proxy agent prints its URL, password and all, when this variable asks for debug output.
  delete process.env['DEBUG'];
  const { HttpsProxyAgent } = await import('https-proxy-agent');
  try {
    return new HttpsProxyAgent(proxy) as Agent;
  } catch (cause) {
    throw new TransportError('the proxy in https_proxy is no URL', { cause, permanent: true });
  }
}

function attempt(
  { method, url, headers, body }: HttpRequest,
  agent: Agent,
  { timeout, signal }: AttemptBounds,
): Promise<HttpResponse> {
  const timeUp = AbortSignal.timeout(timeout);
  const options: RequestOptions = {
    method,
    agent,
    headers: {
      ...headers,
      accept: 'application/json',
      ...(body !== undefined && { 'content-length': Buffer.byteLength(body) }),
    },
    signal: signal ? AbortSignal.any([signal, timeUp]) : timeUp,
  };
  return new Promise<HttpResponse>((resolve, reject) => {
    const fail = (cause: unknown): void => {
      if (signal?.aborted) reject(signal.reason);
      else if (timeUp.aborted)
        reject(new TransportError(`no answer within ${Math.round(timeout / 1000)} s`, { cause }));
      else reject(asTransportError(cause));
    };
    startRequest(url, options, (answer) => readWhole(answer).then(resolve, fail))
      .on('error', fail)
      .end(body);
  });
}

async function readWhole(answer: IncomingMessage): Promise<HttpResponse> {
  if (answer.statusCode === 407) {
    answer.destroy();
    throw new TransportError('the proxy asks for a user name and password (407)', { permanent: true });
  }
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > largestAnswer) throw new TransportError('the answer was far too long to be the server’s own');
    chunks.push(chunk);
  }
  const headers = Object.entries(answer.headers).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.join(', ') : (value ?? ''),
  ]);
  return {
    status: answer.statusCode ?? 0,
    headers: Object.fromEntries(headers),
    body: Buffer.concat(chunks).toString('utf8'),
  };
}

const causes: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was reset',
  EPIPE: 'the connection was reset',
  ETIMEDOUT: 'the connection timed out',
  ENOTFOUND: 'the host name was not found (DNS)',
  EAI_AGAIN: 'the host name could not be looked up (DNS)',
  EHOSTUNREACH: 'the host cannot be reached',
  ENETUNREACH: 'the network cannot be reached',
};

function asTransportError(cause: unknown): TransportError {
  if (cause instanceof TransportError) return cause;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  if (isCertificateProblem(code)) {
    const message = `the server's certificate is not trusted (${code}); where a proxy inspects TLS, NODE_EXTRA_CA_CERTS must name its CA`;
    return new TransportError(message, { cause, permanent: true });
  }
  return new TransportError(
    causes[code] ?? (code ? `the connection failed (${code})` : 'the connection failed'),
    { cause },
  );
}

/** @see https://nodejs.org/docs/latest-v24.x/api/tls.html#x509-certificate-error-codes */
function isCertificateProblem(code: string): boolean {
  return /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|HOSTNAME_MISMATCH|INVALID_CA|PATH_LENGTH_EXCEEDED/.test(code);
}
