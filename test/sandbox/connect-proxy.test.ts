import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingMessage, request } from 'node:http';
import { type AddressInfo, connect, createServer as createTcpServer, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { startConnectProxy } from '../../sandbox/connect-proxy.ts';

/** A server that gives back what it gets, in capitals. */
async function startShouter() {
  const server = createTcpServer((socket) =>
    socket.on('data', (data) => socket.write(data.toString().toUpperCase())),
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { port: (server.address() as AddressInfo).port, stop: () => server.close() };
}

function ask(proxyUrl: string, target: string): Promise<{ response: IncomingMessage; socket: Socket }> {
  return new Promise((resolve, reject) => {
    const { hostname: host, port } = new URL(proxyUrl);
    const asked = request({ host, port, method: 'CONNECT', path: target, agent: false });
    asked.on('connect', (response, socket) => resolve({ response, socket: socket as Socket }));
    asked.on('error', reject);
    asked.end();
  });
}

test('a host with a route is led to loopback, and written down', async () => {
  const shouter = await startShouter();
  const proxy = await startConnectProxy({ routes: { 'login.microsoftonline.com:443': shouter.port } });

  const { response, socket } = await ask(proxy.url, 'LOGIN.microsoftonline.com:443');
  socket.write('hello');
  const [reply] = await once(socket, 'data');

  assert.equal(response.statusCode, 200);
  assert.equal(String(reply), 'HELLO');
  assert.deepEqual(
    proxy.connections.map(({ host, port }) => [host, port]),
    [['login.microsoftonline.com', 443]],
  );
  await proxy.stop();
  shouter.stop();
});

test('a host without a route, or another port, is refused with 403, and written down', async () => {
  const proxy = await startConnectProxy({ routes: { 'known.example:443': 1 } });
  for (const target of ['elsewhere.example:443', 'known.example:80']) {
    assert.equal((await ask(proxy.url, target)).response.statusCode, 403);
  }
  assert.deepEqual(
    proxy.connections.map(({ host, port }) => `${host}:${port}`),
    ['elsewhere.example:443', 'known.example:80'],
  );
  await proxy.stop();
});

test('a plain request is refused, even for a host with a route', async () => {
  const origin = createServer((_request, response) => response.end('reached')).listen(0, '127.0.0.1');
  await once(origin, 'listening');
  const { port } = origin.address() as AddressInfo;
  const proxy = await startConnectProxy({ routes: { [`127.0.0.1:${port}`]: port } });
  const { hostname: host, port: proxyPort } = new URL(proxy.url);

  const sent = request({ host, port: proxyPort, path: `http://127.0.0.1:${port}/`, agent: false }).end();
  const [response] = (await once(sent, 'response')) as [IncomingMessage];

  assert.equal(response.statusCode, 403);
  assert.equal(await text(response), '');
  await proxy.stop();
  origin.close();
});

test('a proxy that fails: it responds with 407, resets, delays, or reaches nothing', async () => {
  const shouter = await startShouter();
  const proxy = await startConnectProxy({ routes: { 'a.example:443': shouter.port, 'dead.example:443': 1 } });
  const headers = { 'proxy-authenticate': 'Basic realm="x"' };
  proxy.faults.add('a.example', { kind: 'respond', status: 407, headers });
  proxy.faults.add('a.example', { kind: 'reset' });
  proxy.faults.add('a.example', { kind: 'delay', milliseconds: 100 });

  const { response } = await ask(proxy.url, 'a.example:443');
  assert.equal(response.statusCode, 407);
  assert.equal(response.headers['proxy-authenticate'], headers['proxy-authenticate']);
  await assert.rejects(ask(proxy.url, 'a.example:443'), { code: 'ECONNRESET' });
  const started = performance.now();
  assert.equal((await ask(proxy.url, 'a.example:443')).response.statusCode, 200);
  assert.ok(performance.now() - started >= 95);
  assert.equal((await ask(proxy.url, 'dead.example:443')).response.statusCode, 502);
  await proxy.stop();
  shouter.stop();
});

test('a reset behind the proxy is a reset in front of it', async () => {
  const server = createTcpServer((socket) => socket.once('data', () => socket.resetAndDestroy()));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const proxy = await startConnectProxy({
    routes: { 'a.example:443': (server.address() as AddressInfo).port },
  });

  const { socket } = await ask(proxy.url, 'a.example:443');
  socket.write('x');

  await assert.rejects(once(socket, 'close'), { code: 'ECONNRESET' });
  await proxy.stop();
  server.close();
});

test('stopping is prompt though one connection hangs, one is delayed and one is open', async () => {
  const shouter = await startShouter();
  const proxy = await startConnectProxy({ routes: { 'a.example:443': shouter.port } });
  const { socket } = await ask(proxy.url, 'a.example:443');
  const closed = once(socket, 'close');
  proxy.faults.add('a.example', { kind: 'hang' });
  proxy.faults.add('a.example', { kind: 'delay', milliseconds: 3_600_000 });
  const pending = [
    assert.rejects(ask(proxy.url, 'a.example:443')),
    assert.rejects(ask(proxy.url, 'a.example:443')),
  ];
  while (proxy.connections.length < 3) await new Promise(setImmediate);

  // A stop that waited for what hangs or is delayed would hold the test for ever.
  await proxy.stop();

  await Promise.all([...pending, closed]);
  const { hostname: host, port } = new URL(proxy.url);
  await assert.rejects(once(connect(Number(port), host), 'connect'), { code: 'ECONNREFUSED' });
  shouter.stop();
});
