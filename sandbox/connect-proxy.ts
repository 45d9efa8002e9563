/**
 * An HTTP CONNECT proxy (RFC 9110 section 9.3.6) that leads names of the outside world to servers on loopback.
 * What has no route is refused: nothing that goes through it ever leaves the machine.
 */
import { createServer, type IncomingMessage } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { type Fault, FaultPlan, flood, half, reset } from './faults.ts';

export interface ConnectProxyOptions {
  /** From `host:port` as the client asks for it to a port on 127.0.0.1. Hosts in lower case. */
  readonly routes: Readonly<Record<string, number>>;
}

export interface ProxiedConnection {
  readonly host: string;
  readonly port: number;
  /** Milliseconds since the epoch. */
  readonly time: number;
}

export interface ConnectProxy {
  /** For `https_proxy`. */
  readonly url: string;
  /** Every CONNECT that was asked for, those without a route too. */
  readonly connections: readonly ProxiedConnection[];
  /** `where` is the host name; `reset`, `hang`, `half`, `flood`, `delay` and `respond` (407, 502) mean something here. */
  readonly faults: FaultPlan;
  /** Ends all connections at once. */
  stop(): Promise<void>;
}

export async function startConnectProxy(options: ConnectProxyOptions): Promise<ConnectProxy> {
  const connections: ProxiedConnection[] = [];
  const faults = new FaultPlan();
  const open = new Set<Socket>();
  const timers = new Set<NodeJS.Timeout>();

  // A request that is not CONNECT wants to be forwarded to a plain-text server: nothing here has one.
  const server = createServer((_request, response) => response.writeHead(403).end());
  server.on('connection', (socket) => keep(open, socket));
  server.on('connect', (request: IncomingMessage, client: Socket, head: Buffer) => {
    const { host, port } = target(request.url ?? '');
    connections.push({ host, port, time: Date.now() });
    client.on('error', () => client.destroy());
    const fault = faults.take({ method: 'CONNECT', path: request.url ?? '', host, body: '', names: [host] });
    const proceed = () => tunnel(client, head, options.routes[`${host}:${port}`], open);
    if (fault?.kind !== 'delay') {
      strike(fault, client, proceed);
      return;
    }
    const timer = setTimeout(() => {
      timers.delete(timer);
      proceed();
    }, fault.milliseconds);
    timers.add(timer);
  });

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    connections,
    faults,
    stop: async () => {
      for (const timer of timers) clearTimeout(timer);
      for (const socket of open) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function target(authority: string): { host: string; port: number } {
  const colon = authority.lastIndexOf(':');
  return { host: authority.slice(0, colon).toLowerCase(), port: Number(authority.slice(colon + 1)) };
}

function strike(fault: Fault | undefined, client: Socket, proceed: () => void): void {
  if (fault === undefined) proceed();
  else if (fault.kind === 'respond') refuse(client, fault.status, fault.headers, fault.body);
  else if (fault.kind === 'half') half(client);
  else if (fault.kind === 'flood') flood(client);
  else if (fault.kind !== 'hang') reset(client);
}

function tunnel(client: Socket, head: Buffer, port: number | undefined, open: Set<Socket>): void {
  if (client.destroyed) return;
  if (port === undefined) {
    refuse(client, 403);
    return;
  }
  const server = connect(port, '127.0.0.1', () => {
    client.write('HTTP/1.1 200 Connection established\r\n\r\n');
    server.write(head);
    client.pipe(server).pipe(client);
  });
  keep(open, server);
  // How a connection ended is what the faults are about: a reset on one side has to be one on the other.
  server.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'ECONNREFUSED') refuse(client, 502);
    else reset(client);
  });
  server.on('close', () => client.end());
  client.on('close', () => server.destroy());
}

function refuse(
  client: Socket,
  status: number,
  headers: Readonly<Record<string, string>> = {},
  body = '',
): void {
  const fields = Object.entries({ ...headers, 'content-length': String(Buffer.byteLength(body)) });
  const lines = fields.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  client.end(`HTTP/1.1 ${status} Refused by the sandbox\r\n${lines}\r\n${body}`);
}

function keep(open: Set<Socket>, socket: Socket): void {
  open.add(socket);
  socket.once('close', () => open.delete(socket));
}
