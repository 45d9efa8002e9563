import assert from 'node:assert/strict';
import { test } from 'node:test';
import { httpsTransport } from '../../../src/http/https-transport.ts';
import { TransportError } from '../../../src/http/transport.ts';
import {
  afterRequest,
  type Conduct,
  opened,
  plainServer,
  says,
  silent,
  tlsServer,
  trustOddServers,
  withEnvironment,
} from '../fakes/odd-proxy.ts';

trustOddServers();
const request = { method: 'GET', url: 'https://entra.example/', headers: {} } as const;
const timeout = 50;

/** One more line of the header whenever the last one has gone. */
const drips: Conduct = afterRequest((client) => {
  client.write('HTTP/1.1 200 Connection established\r\n');
  const timer = setInterval(() => client.write('x-more: 1\r\n'), 5);
  client.once('close', () => clearInterval(timer));
});

const proxies = {
  'never answers': { scheme: 'http', start: () => plainServer(silent) },
  'sends half a line': { scheme: 'http', start: () => plainServer(says('HTTP/1.1 20')) },
  'sends its headers in drips': { scheme: 'http', start: () => plainServer(drips) },
  'opens a tunnel in which nothing comes': { scheme: 'http', start: () => plainServer(says(opened)) },
  'makes no TLS handshake': { scheme: 'https', start: () => plainServer(silent) },
  'is silent after the TLS handshake': { scheme: 'https', start: () => tlsServer(silent) },
  'opens a tunnel over TLS in which nothing comes': {
    scheme: 'https',
    start: () => tlsServer(says(opened)),
  },
} as const;

for (const [conduct, { scheme, start }] of Object.entries(proxies)) {
  test(`An attempt through a proxy that ${conduct} ends with its time`, async () => {
    await using proxy = await start();
    await withEnvironment({ https_proxy: `${scheme}://127.0.0.1:${proxy.port}` }, async () => {
      const error = await httpsTransport(request, { timeout }).catch((thrown: unknown) => thrown);
      assert.ok(error instanceof TransportError);
      assert.match(error.message, /^(no response|the proxy opened no connection) within 0 s$/);
      assert.equal(error.permanent, false);
    });
  });

  test(`An attempt through a proxy that ${conduct} ends when the run is cancelled`, async () => {
    const reason = new Error('cancelled');
    const controller = new AbortController();
    await using proxy = await start();
    await withEnvironment({ https_proxy: `${scheme}://127.0.0.1:${proxy.port}` }, async () => {
      const attempt = httpsTransport(request, { timeout: 60_000, signal: controller.signal });
      setTimeout(() => controller.abort(reason), timeout);
      await assert.rejects(attempt, reason);
    });
  });
}
