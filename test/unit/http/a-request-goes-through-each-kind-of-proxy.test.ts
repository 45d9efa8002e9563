import assert from 'node:assert/strict';
import { connect, type Socket } from 'node:net';
import { test } from 'node:test';
import { httpsTransport } from '../../../src/http/https-transport.ts';
import {
  type Conduct,
  plainServer,
  tlsServer,
  trustOddServers,
  withEnvironment,
} from '../fakes/odd-proxy.ts';

trustOddServers();

const server = (): ReturnType<typeof tlsServer> =>
  tlsServer((client) => {
    client.once('data', (request: Buffer) => {
      const body = JSON.stringify({ asked: request.toString() });
      client.end(
        `HTTP/1.1 200 OK\r\ncontent-length: ${Buffer.byteLength(body)}\r\nx-two: a\r\nx-two: b\r\n\r\n${body}`,
      );
    });
  });

/** Leads every tunnel to one port, and keeps what it was asked. */
const leadingTo =
  (port: number, asked: string[], answer = 'HTTP/1.1 200 Connection established'): Conduct =>
  (client: Socket) => {
    client.once('data', (request: Buffer) => {
      asked.push(request.toString());
      const onward = connect(port, '127.0.0.1', () => {
        client.write(`${answer}\r\n\r\n`);
        client.pipe(onward).pipe(client);
      });
      onward.on('error', () => client.destroy());
    });
  };

for (const [kind, start] of [
  ['http', plainServer],
  ['https', tlsServer],
] as const) {
  test(`A request goes through an ${kind} proxy that wants a password, which the server does not get`, async () => {
    const asked: string[] = [];
    await using target = await server();
    await using proxy = await start(leadingTo(target.port, asked));
    await withEnvironment({ https_proxy: `${kind}://al%40ice:p%25ss@127.0.0.1:${proxy.port}` }, async () => {
      const response = await httpsTransport(
        {
          method: 'POST',
          url: 'https://entra.example/token?a=b#c',
          headers: { 'x-own': '1' },
          body: 'grant=ü',
        },
        { timeout: 60_000 },
      );
      const { asked: request } = JSON.parse(response.body) as { asked: string };
      assert.equal(response.status, 200);
      assert.equal(response.headers['x-two'], 'a, b');
      assert.match(request, /^POST \/token\?a=b HTTP\/1\.1\r\n/);
      assert.match(request, /\r\nhost: entra\.example\r\n/i);
      assert.match(request, /\r\ncontent-length: 8\r\n/i);
      assert.match(request, /grant=ü$/);
      assert.doesNotMatch(request, /proxy-/i);
    });
    assert.match(asked.join(), /^CONNECT entra\.example:443 HTTP\/1\.1\r\n/);
    const credentials = Buffer.from('al@ice:p%ss').toString('base64');
    assert.ok(asked.join().includes(`proxy-authorization: Basic ${credentials}\r\n`));
    assert.doesNotMatch(asked.join(), /\r\nconnection:/i);
  });
}

test('A proxy without a scheme is an HTTP proxy', async () => {
  const asked: string[] = [];
  await using target = await server();
  await using proxy = await plainServer(leadingTo(target.port, asked, 'HTTP/1.0 299 Fine'));
  await withEnvironment({ HTTPS_PROXY: `127.0.0.1:${proxy.port}` }, async () => {
    await httpsTransport({ method: 'GET', url: 'https://entra.example/', headers: {} }, { timeout: 60_000 });
  });
  assert.equal(asked.length, 1);
});

test('A host that no_proxy names is asked without the proxy', async () => {
  const asked: string[] = [];
  await using target = await server();
  await using proxy = await plainServer(leadingTo(target.port, asked));
  const environment = { https_proxy: `http://127.0.0.1:${proxy.port}`, no_proxy: '127.0.0.1' };
  await withEnvironment(environment, async () => {
    const url = `https://127.0.0.1:${target.port}/`;
    const response = await httpsTransport({ method: 'GET', url, headers: {} }, { timeout: 60_000 });
    assert.equal(response.status, 200);
    assert.match(response.body, new RegExp(`host: 127\\.0\\.0\\.1:${target.port}`, 'i'));
  });
  assert.deepEqual(asked, []);
});
