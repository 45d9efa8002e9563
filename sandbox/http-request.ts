/** One request of the sandbox's own programs to a server on 127.0.0.1. */
import { type Agent, request as requestPlain } from 'node:http';
import { request as requestSecure } from 'node:https';
import { text } from 'node:stream/consumers';

export interface HttpRequest {
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** With a body it is a POST; fields are sent as a form. */
  readonly body?: string | Readonly<Record<string, string>> | URLSearchParams | undefined;
  /** The server that stands for the URL's host: its port, and the root that it is trusted by. Default: the URL's port. */
  readonly server?: { readonly port: number; readonly ca: string };
  /** Default: a connection of its own. */
  readonly agent?: Agent;
  readonly signal?: AbortSignal | undefined;
}

export interface HttpResponse {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Each `set-cookie` header. */
  readonly cookies: readonly string[];
  readonly body: string;
}

export function sendHttpRequest(url: URL, request: HttpRequest = {}): Promise<HttpResponse> {
  const { body, server, agent = false, signal } = request;
  const form = typeof body === 'object' && { 'content-type': 'application/x-www-form-urlencoded' };
  const options = {
    method: body === undefined ? 'GET' : 'POST',
    // The name in the certificate is that of the Host header.
    headers: { ...form, ...request.headers, host: url.host },
    agent,
    ...(signal && { signal }),
    // Whatever the URL's host, nothing leaves this machine.
    hostname: '127.0.0.1',
    ...server,
  };
  const send = url.protocol === 'https:' ? requestSecure : requestPlain;
  const content = typeof body === 'object' ? new URLSearchParams(body).toString() : body;
  return new Promise((resolve, reject) => {
    const sent = send(url, options, (response) => {
      const { statusCode: status = 0, headers } = response;
      const flat = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
      const head = { status, headers: flat, cookies: headers['set-cookie'] ?? [] };
      text(response).then((received) => resolve({ ...head, body: received }), reject);
    });
    sent.on('error', reject).end(content);
  });
}
