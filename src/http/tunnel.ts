import { request as startRequest } from 'node:http';
import { connect, isIP, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { closeWith } from './close-with.ts';
import { proxyError } from './connection-error.ts';
import type { HttpProxy } from './proxy.ts';
import { largestHead, TransportError } from './transport.ts';

/**
 * Asks a proxy for a tunnel. Node's own HTTP parser reads the response, so its size is bounded.
 * @param target host and port, as in a URL
 * @param attempt closes the connection when it is aborted
 * @throws {TransportError}
 * @see https://datatracker.ietf.org/doc/html/rfc9110#section-9.3.6
 */
export async function openTunnel(proxy: HttpProxy, target: string, attempt: AbortSignal): Promise<Socket> {
  try {
    const socket = await connectToProxy(proxy, attempt);
    return await askForTunnel(socket, proxy, target);
  } catch (error) {
    throw proxyError(error, proxy);
  }
}

async function connectToProxy({ protocol, host, port }: HttpProxy, attempt: AbortSignal): Promise<Socket> {
  if (protocol === 'https:') return openTls({ host, port }, attempt);
  const socket = connect({ host, port });
  closeWith(socket, attempt);
  return settled(socket, 'connect');
}

/**
 * A TLS connection to a host whose certificate was checked: nothing is sent before that.
 * @param place where it leads: a socket to go through, or the host itself
 */
export async function openTls(
  place: { readonly host: string; readonly port: number; readonly socket?: Socket | undefined },
  attempt: AbortSignal,
): Promise<TLSSocket> {
  const socket = connectTls({
    ...place,
    // An IP address is no server name (RFC 6066 section 3).
    servername: isIP(place.host) === 0 ? place.host : '',
    ALPNProtocols: ['http/1.1'],
    // Said here, so that NODE_TLS_REJECT_UNAUTHORIZED changes nothing.
    rejectUnauthorized: true,
  });
  closeWith(socket, attempt);
  return settled(socket, 'secureConnect');
}

function settled<T extends Socket>(socket: T, event: 'connect' | 'secureConnect'): Promise<T> {
  return new Promise((resolve, reject) => {
    socket.once(event, () => resolve(socket));
    socket.once('error', reject);
    socket.once('close', () => reject(Object.assign(new Error(), { code: 'ECONNRESET' })));
  });
}

function askForTunnel(socket: Socket, { authorization }: HttpProxy, target: string): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const asking = startRequest({
      method: 'CONNECT',
      path: target,
      headers: {
        host: target,
        'proxy-connection': 'close',
        ...(authorization && { 'proxy-authorization': authorization }),
      },
      createConnection: () => socket,
      maxHeaderSize: largestHead,
    });
    // Some proxies take it for the end of the tunnel.
    asking.removeHeader('connection');
    asking.once('connect', ({ statusCode = 0 }, _, head) => {
      if (statusCode < 200 || statusCode > 299) {
        reject(refusal(statusCode));
        return;
      }
      if (head.length > 0) socket.unshift(head);
      resolve(socket);
    });
    asking.on('error', reject).end();
  });
}

// What a client error says of the request holds the next time too, but for these: timeout, too early, too many.
const passing = new Set([408, 425, 429]);

function refusal(status: number): TransportError {
  if (status === 407)
    return new TransportError('the proxy asks for a user name and password (407)', { permanent: true });
  const permanent = status >= 400 && status < 500 && !passing.has(status);
  return new TransportError(`the proxy refused the connection (${status})`, { permanent });
}
