import assert from 'node:assert/strict';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';
import { test } from 'node:test';
import { httpsTransport } from '../../../src/http/https-transport.ts';
import {
  afterRequest,
  type Conduct,
  opened,
  plainServer,
  trustOddServers,
  withEnvironment,
} from '../fakes/odd-proxy.ts';

trustOddServers();

/** Hands each socket that this process opens to the body. */
async function watchingSockets(body: (sockets: readonly Socket[]) => Promise<void>): Promise<void> {
  const sockets: Socket[] = [];
  const keep = (message: unknown): void => void sockets.push((message as { socket: Socket }).socket);
  subscribe('net.client.socket', keep);
  try {
    await body(sockets);
  } finally {
    unsubscribe('net.client.socket', keep);
  }
}

const conducts: Readonly<Record<string, Conduct>> = {
  'resets the connection': afterRequest((client) => void client.resetAndDestroy()),
  'resets the tunnel that it has opened': afterRequest((client) => {
    client.write(opened);
    client.once('data', () => client.resetAndDestroy());
  }),
};

for (const [conduct, act] of Object.entries(conducts)) {
  test(`A proxy that ${conduct} is reported, and later errors of its socket are ignored`, async () => {
    await using proxy = await plainServer(act);
    await withEnvironment({ https_proxy: `http://127.0.0.1:${proxy.port}` }, async () => {
      await watchingSockets(async (sockets) => {
        const request = { method: 'GET', url: 'https://entra.example/', headers: {} } as const;
        await assert.rejects(httpsTransport(request, { timeout: 60_000 }), /the connection was reset/);
        assert.ok(sockets.length > 0);
        // Without somebody who hears it, this would throw.
        for (const socket of sockets) socket.emit('error', new Error('once more'));
      });
    });
  });
}
