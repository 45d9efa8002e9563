import assert from 'node:assert/strict';
import { test } from 'node:test';
import { httpsTransport } from '../../../src/http/https-transport.ts';
import { afterRequest, plainServer, tlsServer, withEnvironment } from '../fakes/odd-proxy.ts';

const unchecked = { NODE_TLS_REJECT_UNAUTHORIZED: '0' };
const request = { method: 'POST', headers: {}, body: 'refresh_token=secret' } as const;
const timeout = 60_000;

test('NODE_TLS_REJECT_UNAUTHORIZED has no effect on a server, which gets no request', async () => {
  let asked = 0;
  await using server = await tlsServer(
    afterRequest(() => asked++),
    false,
  );
  await withEnvironment(unchecked, async () => {
    const url = `https://127.0.0.1:${server.port}/`;
    await assert.rejects(httpsTransport({ ...request, url }, { timeout }), {
      message: /^the server's certificate is not trusted .*NODE_EXTRA_CA_CERTS/,
      permanent: true,
    });
  });
  assert.equal(asked, 0);
});

test('NODE_TLS_REJECT_UNAUTHORIZED has no effect on a proxy, which is not asked', async () => {
  let asked = 0;
  await using proxy = await tlsServer(
    afterRequest(() => asked++),
    false,
  );
  await withEnvironment({ ...unchecked, https_proxy: `https://127.0.0.1:${proxy.port}` }, async () => {
    await assert.rejects(httpsTransport({ ...request, url: 'https://entra.example/' }, { timeout }), {
      message: /^the proxy's certificate is not trusted .*NODE_EXTRA_CA_CERTS/,
      permanent: true,
    });
  });
  assert.equal(asked, 0);
});

test('NODE_TLS_REJECT_UNAUTHORIZED has no effect on a server behind a proxy, which gets no request', async () => {
  let asked = 0;
  await using server = await tlsServer(
    afterRequest(() => asked++),
    false,
  );
  await using proxy = await plainServer(
    afterRequest(async (client) => {
      const { connect } = await import('node:net');
      const onward = connect(server.port, '127.0.0.1', () => {
        client.write('HTTP/1.1 200 OK\r\n\r\n');
        client.pipe(onward).pipe(client);
      });
      onward.on('error', () => client.destroy());
    }),
  );
  await withEnvironment({ ...unchecked, https_proxy: `http://127.0.0.1:${proxy.port}` }, async () => {
    await assert.rejects(httpsTransport({ ...request, url: 'https://entra.example/' }, { timeout }), {
      message: /^the server's certificate is not trusted/,
      permanent: true,
    });
  });
  assert.equal(asked, 0);
});
