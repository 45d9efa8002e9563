/**
 * What can go wrong on the way, on purpose: a plan of faults that a sandbox server consults for every request.
 *
 * A server names its own endpoints. It calls {@link FaultPlan.take} with all the names a request goes by
 * (`['token', 'token:refresh_token']`), and a fault planned for any of them strikes.
 */
import type { ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { TLSSocket, type Server as TlsServer } from 'node:tls';

export type Fault =
  /** The connection is reset before the request is handled. */
  | { readonly kind: 'reset' }
  /** The request is handled, then the connection is reset before any byte of the answer. */
  | { readonly kind: 'reset-after' }
  /** The request is handled; the headers with the full content-length and half of the body go out, then a reset. */
  | { readonly kind: 'truncate' }
  /** Accepted, not handled, never answered, until the server stops. */
  | { readonly kind: 'hang' }
  /** Handled as usual, but only after so long. */
  | { readonly kind: 'delay'; readonly milliseconds: number }
  /** Handled at once; the answer comes only after so long. */
  | { readonly kind: 'delay-after'; readonly milliseconds: number }
  /** Half a line of an answer, and then nothing. */
  | { readonly kind: 'half' }
  /** An answer whose header never ends, as fast as the client takes it. */
  | { readonly kind: 'flood' }
  /** Not handled; this is the answer. */
  | {
      readonly kind: 'respond';
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string;
    };

/** What a fault can be chosen by. */
export interface FaultRequest {
  readonly method: string;
  /** Path with query, as sent. */
  readonly path: string;
  /** Host as the client named it, without the port. */
  readonly host: string;
  readonly body: string;
  /** The names this server has for the endpoint, any of which may stand as `where` in a plan. */
  readonly names: readonly string[];
}

/** A whole answer, before it is written to a connection, so that a fault can cut it anywhere. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: string | Uint8Array;
}

interface PlannedFault {
  readonly matches: (request: FaultRequest) => boolean;
  readonly fault: Fault;
  timesLeft: number;
  passesLeft: number;
}

export class FaultPlan {
  #planned: PlannedFault[] = [];

  /**
   * Plans a fault. Faults for the same request strike in the order they were planned, one a request.
   *
   * @param where the name of an endpoint (each server documents its own), or a predicate.
   * @param options `times`: how often it strikes, 1 if not said, `Infinity` allowed. `after`: how many
   *   matching requests are let through first.
   */
  add(
    where: string | ((request: FaultRequest) => boolean),
    fault: Fault,
    options: { readonly times?: number; readonly after?: number } = {},
  ): void {
    this.#planned.push({
      matches: typeof where === 'string' ? (request) => request.names.includes(where) : where,
      fault,
      timesLeft: options.times ?? 1,
      passesLeft: options.after ?? 0,
    });
  }

  clear(): void {
    this.#planned = [];
  }

  /** The fault that strikes this request, consumed; `undefined` where the request is to be handled as usual. */
  take(request: FaultRequest): Fault | undefined {
    for (const planned of this.#planned) {
      if (!planned.matches(request)) continue;
      if (planned.passesLeft > 0) {
        planned.passesLeft -= 1;
        continue;
      }
      planned.timesLeft -= 1;
      if (planned.timesLeft <= 0) this.#planned = this.#planned.filter((other) => other !== planned);
      return planned.fault;
    }
    return undefined;
  }
}

/**
 * Answers one request of a `node:http` or `node:https` server, with the fault it was dealt if any.
 *
 * @param handle what the server does with the request; called once, or not at all where the fault comes before it.
 */
export async function answerWithFault(
  fault: Fault | undefined,
  response: ServerResponse,
  handle: () => Answer | Promise<Answer>,
): Promise<void> {
  switch (fault?.kind) {
    case 'reset':
      return reset(response.socket);
    case 'reset-after':
      await handle();
      return reset(response.socket);
    case 'truncate':
      return truncate(response, await handle());
    case 'hang':
      return;
    case 'half':
      return half(response.socket);
    case 'flood':
      return flood(response.socket);
    case 'respond':
      return send(response, { status: fault.status, headers: fault.headers ?? {}, body: fault.body ?? '' });
    case 'delay':
      // Not kept alive for the timer's sake: a server that was stopped meanwhile has nobody to answer.
      await wait(fault.milliseconds, undefined, { ref: false });
      if (response.destroyed) return;
      return send(response, await handle());
    case 'delay-after': {
      const answer = await handle();
      await wait(fault.milliseconds, undefined, { ref: false });
      return response.destroyed ? undefined : send(response, answer);
    }
    default:
      return send(response, await handle());
  }
}

const tcpUnder = new WeakMap<Duplex, Socket>();

/**
 * Lets the faults of a TLS server end in a true TCP reset: a `TLSSocket` has none of its own, so the TCP
 * connection under each is kept. A plain server does not need it.
 */
export function followTcpConnections(server: TlsServer): void {
  const byPort = new Map<number | undefined, Socket>();
  server.on('connection', (tcp: Socket) => {
    const port = tcp.remotePort;
    byPort.set(port, tcp);
    tcp.once('close', () => {
      if (byPort.get(port) === tcp) byPort.delete(port);
    });
  });
  server.on('secureConnection', (tls) => {
    const tcp = byPort.get(tls.remotePort);
    if (tcp) tcpUnder.set(tls, tcp);
  });
}

/** Ends a connection so that the other side sees ECONNRESET and not an orderly end. */
export function reset(connection: Duplex | null): void {
  if (connection === null) return;
  const tcp = tcpUnder.get(connection) ?? connection;
  // Resetting a connection that has ended fails, and Node then leaves its handle open for good.
  const isOpen =
    tcp instanceof Socket && !(tcp instanceof TLSSocket) && tcp.readyState === 'open' && !tcp.destroyed;
  if (isOpen) tcp.resetAndDestroy();
  connection.destroy();
}

/** Sends half of the first line of an answer. */
export function half(connection: Duplex | null): void {
  connection?.write('HTTP/1.1 20');
}

/** Sends an answer whose header never ends, as fast as the other side takes it. */
export function flood(connection: Duplex | null): void {
  const line = `x-flood: ${'a'.repeat(8000)}\r\n`;
  const more = (): void => {
    if (connection?.writable) connection.write(line, () => setImmediate(more));
  };
  connection?.write('HTTP/1.1 200 OK\r\n', more);
}

function send(response: ServerResponse, answer: Answer): void {
  writeHead(response, answer);
  response.end(answer.body);
}

function truncate(response: ServerResponse, answer: Answer): void {
  const body = typeof answer.body === 'string' ? Buffer.from(answer.body) : answer.body;
  writeHead(response, answer);
  response.write(body.subarray(0, Math.floor(body.length / 2)), () => {
    // The half must have left before the reset, which throws away whatever is still queued.
    setImmediate(() => reset(response.socket));
  });
}

function writeHead(response: ServerResponse, { status, headers, body }: Answer): void {
  response.statusCode = status;
  for (const [name, value] of Object.entries(headers)) {
    response.setHeader(name, typeof value === 'string' ? value : [...value]);
  }
  response.setHeader('content-length', Buffer.byteLength(body));
}
