import assert from 'node:assert/strict';
import { test } from 'node:test';
import { httpsTransport } from '../../../src/http/https-transport.ts';
import {
  afterRequest,
  plainServer,
  tlsServer,
  trustOddServers,
  withEnvironment,
} from '../fakes/odd-proxy.ts';

trustOddServers();
const request = { method: 'GET', url: 'https://entra.example/', headers: {} } as const;

test('A proxy that floods its response is given up for good at the limit of a header section', async () => {
  let sent = 0;
  await using proxy = await plainServer(
    afterRequest((client) => {
      const more = (): void => {
        if (client.destroyed || sent > 100_000_000) return;
        const line = `x-flood: ${'a'.repeat(4000)}\r\n`;
        sent += line.length;
        client.write(line, more);
      };
      client.write('HTTP/1.1 200 Connection established\r\n', more);
    }),
  );
  await withEnvironment({ https_proxy: `http://127.0.0.1:${proxy.port}` }, async () => {
    await assert.rejects(httpsTransport(request, { timeout: 60_000 }), {
      message: 'the proxy in https_proxy does not respond as an HTTP proxy does (HPE_HEADER_OVERFLOW)',
      permanent: true,
    });
  });
  // What the network holds is sent too.
  assert.ok(sent < 50_000_000, `${sent} bytes`);
});

test('A server that floods its header is left at the limit of a header section', async () => {
  await using server = await tlsServer(
    afterRequest((client) => void client.write(`HTTP/1.1 200 OK\r\nx-flood: ${'a'.repeat(100_000)}`)),
  );
  const url = `https://127.0.0.1:${server.port}/`;
  await withEnvironment({}, async () => {
    await assert.rejects(httpsTransport({ ...request, url }, { timeout: 60_000 }), {
      message: 'the connection failed (HPE_HEADER_OVERFLOW)',
    });
  });
});

test('A server that floods its body is left at the limit', async () => {
  await using server = await tlsServer(
    afterRequest((client) => void client.write(`HTTP/1.1 200 OK\r\n\r\n${'a'.repeat(2_000_000)}`)),
  );
  const url = `https://127.0.0.1:${server.port}/`;
  await withEnvironment({}, async () => {
    await assert.rejects(httpsTransport({ ...request, url }, { timeout: 60_000 }), {
      message: 'the response is too long to be the server’s own',
    });
  });
});
