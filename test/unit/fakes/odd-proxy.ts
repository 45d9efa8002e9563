/** Proxies that misbehave, on loopback, for one attempt at a request at a time. */
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import {
  createServer as createTlsServer,
  getCACertificates,
  setDefaultCACertificates,
  type TLSSocket,
} from 'node:tls';
import { createCertificateAuthority } from '../../../sandbox/certificate-authority.ts';

/** What a proxy does with a client, once it has connected. */
export type Conduct = (client: Socket) => void;

/** A server whose connections are all ended with it. */
export interface OddServer extends AsyncDisposable {
  readonly port: number;
  /** Those that are open. */
  readonly connections: ReadonlySet<Socket>;
}

const authority = await createCertificateAuthority();
const names = ['127.0.0.1', 'localhost', 'entra.example'];

/** Trusts the certificates of {@link tlsServer}, in this process. */
export function trustOddServers(): void {
  setDefaultCACertificates([...getCACertificates('default'), authority.certificatePem]);
}

export function plainServer(conduct: Conduct): Promise<OddServer> {
  return listening(createServer(), conduct, 'connection');
}

/** @param isTrusted false for a certificate of somebody else */
export async function tlsServer(conduct: Conduct, isTrusted = true): Promise<OddServer> {
  const issuer = isTrusted ? authority : await createCertificateAuthority();
  return listening(createTlsServer(await issuer.issue(names)), conduct, 'secureConnection');
}

async function listening(server: Server, conduct: Conduct, event: string): Promise<OddServer> {
  const connections = new Set<Socket>();
  server.on('connection', (socket) => {
    connections.add(socket);
    socket.on('error', () => undefined).once('close', () => connections.delete(socket));
  });
  server.on('tlsClientError', () => undefined);
  server.on(event, (socket: Socket | TLSSocket) => conduct(socket.on('error', () => undefined)));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    connections,
    async [Symbol.asyncDispose]() {
      for (const socket of connections) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Reads the request for a tunnel, and no more. */
export const afterRequest =
  (answer: Conduct): Conduct =>
  (client) =>
    void client.once('data', () => answer(client));

export const silent: Conduct = (client) => void client.resume();

export const says = (text: string): Conduct => afterRequest((client) => void client.write(text));

export const opened = 'HTTP/1.1 200 Connection established\r\n\r\n';

/** Runs the body with these environment variables, and then puts back what was. */
export async function withEnvironment(
  variables: Readonly<Record<string, string>>,
  body: () => Promise<void>,
): Promise<void> {
  const proxies = ['https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY', 'no_proxy', 'NO_PROXY'];
  const before = new Map([...proxies, ...Object.keys(variables)].map((name) => [name, process.env[name]]));
  for (const name of proxies) delete process.env[name];
  Object.assign(process.env, variables);
  try {
    await body();
  } finally {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
}
