import type { IncomingMessage } from 'node:http';
import { request as startRequest } from 'node:https';
import type { Socket } from 'node:net';
import { within } from '../bounded-wait.ts';
import { connectionError, requestError } from './connection-error.ts';
import { proxyFor } from './proxy.ts';
import {
  type AttemptBounds,
  type HttpRequest,
  type HttpResponse,
  largestHead,
  TransportError,
} from './transport.ts';
import { openTls, openTunnel } from './tunnel.ts';

// The responses of Entra and of GitHub's API are a few kilobytes.
const largestAnswer = 1_048_576;

/**
 * Sends requests over HTTPS, through the proxy that `https_proxy` and `no_proxy` name for the host, in either case.
 * No connection is kept: a step makes one request, or polls with seconds between. The bounds hold in every phase of the
 * attempt, and when it ends all that it opened is closed.
 */
export async function httpsTransport(
  request: HttpRequest,
  { timeout, signal }: AttemptBounds,
): Promise<HttpResponse> {
  const attempt = new AbortController();
  const phase: Phase = { isAtProxy: false };
  const createTimeoutError = (): TransportError => {
    const limit = Math.round(timeout / 1000);
    return new TransportError(
      phase.isAtProxy ? `the proxy opened no connection within ${limit} s` : `no response within ${limit} s`,
    );
  };
  try {
    return await within(send(request, attempt.signal, phase), { timeout, signal, createTimeoutError });
  } finally {
    attempt.abort();
  }
}

interface Phase {
  isAtProxy: boolean;
}

async function send(request: HttpRequest, attempt: AbortSignal, phase: Phase): Promise<HttpResponse> {
  const url = targetOf(request.url);
  const port = Number(url.port) || 443;
  const proxy = proxyFor(request.url);
  phase.isAtProxy = proxy !== undefined;
  const tunnel = proxy && (await openTunnel(proxy, `${url.hostname}:${port}`, attempt));
  phase.isAtProxy = false;
  const host = url.hostname.replace(/^\[|\]$/g, '');
  try {
    const socket = await openTls({ host, port, socket: tunnel }, attempt);
    return await exchange(request, url, socket);
  } catch (error) {
    throw connectionError(error);
  }
}

/** @throws {TransportError} permanent: addresses come from inputs and from an authority's metadata */
function targetOf(address: string): URL {
  if (URL.canParse(address)) {
    const url = new URL(address);
    if (url.protocol === 'https:') return url;
  }
  throw new TransportError('the address of the request is none under https://', { permanent: true });
}

function exchange({ method, headers, body }: HttpRequest, url: URL, socket: Socket): Promise<HttpResponse> {
  return new Promise((resolve, reject) => {
    try {
      const sent = startRequest(
        {
          method,
          path: url.pathname + url.search,
          headers: {
            ...headers,
            host: url.host,
            accept: 'application/json',
            ...(body !== undefined && { 'content-length': Buffer.byteLength(body) }),
          },
          // Without an agent: it would print all options, tokens among them, when NODE_DEBUG asks for it.
          createConnection: () => socket,
          maxHeaderSize: largestHead,
        },
        (response) => readWhole(response).then(resolve, reject),
      );
      sent.on('error', reject).end(body);
    } catch (error) {
      reject(requestError(error));
    }
  });
}

async function readWhole(response: IncomingMessage): Promise<HttpResponse> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > largestAnswer) throw new TransportError('the response is too long to be the server’s own');
    chunks.push(chunk);
  }
  const headers = Object.entries(response.headers).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.join(', ') : (value ?? ''),
  ]);
  return {
    status: response.statusCode ?? 0,
    headers: Object.fromEntries(headers),
    body: Buffer.concat(chunks).toString('utf8'),
  };
}
