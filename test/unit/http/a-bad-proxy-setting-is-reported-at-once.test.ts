import assert from 'node:assert/strict';
import { test } from 'node:test';
import { httpsTransport } from '../../../src/http/https-transport.ts';
import { TransportError } from '../../../src/http/transport.ts';
import { plainServer, says, tlsServer, trustOddServers, withEnvironment } from '../fakes/odd-proxy.ts';

trustOddServers();

async function errorWith(environment: Readonly<Record<string, string>>): Promise<TransportError> {
  let error: unknown;
  await withEnvironment(environment, async () => {
    const request = { method: 'GET', url: 'https://entra.example/', headers: {} } as const;
    error = await httpsTransport(request, { timeout: 60_000 }).catch((thrown: unknown) => thrown);
  });
  assert.ok(error instanceof TransportError, String(error));
  return error;
}

const settings: Readonly<Record<string, string>> = {
  'http://alice:hunter2%@127.0.0.1:1':
    'the user name or the password in https_proxy holds a percent sign that encodes nothing; it is written as %25 there',
  'http://al%ZZice@127.0.0.1:1':
    'the user name or the password in https_proxy holds a percent sign that encodes nothing; it is written as %25 there',
  'http://alice:hunter2@': 'the proxy in https_proxy is no URL',
  'http://alice:hunter2@127.0.0.1:99999': 'the proxy in https_proxy is no URL',
  'alice:hunter2@proxy name:1': 'the proxy in https_proxy is no URL',
  'http://[::1': 'the proxy in https_proxy is no URL',
  'socks5://alice:hunter2@127.0.0.1:1':
    'the proxy in https_proxy is a SOCKS proxy; only http:// and https:// are supported',
  'socks4a://127.0.0.1:1':
    'the proxy in https_proxy is a SOCKS proxy; only http:// and https:// are supported',
  'hunter2://127.0.0.1:1':
    'the proxy in https_proxy is of an unknown kind; only http:// and https:// are supported',
};

for (const [address, message] of Object.entries(settings)) {
  test(`https_proxy "${address}" is reported at once, without its password`, async () => {
    const error = await errorWith({ https_proxy: address });
    assert.equal(error.message, message);
    assert.equal(error.permanent, true);
    assert.doesNotMatch(error.message, /hunter2|alice/);
  });
}

test('The variable that names the proxy is reported', async () => {
  const error = await errorWith({ ALL_PROXY: 'socks5h://127.0.0.1:1' });
  assert.match(error.message, /^the proxy in ALL_PROXY is a SOCKS proxy/);
});

test('A proxy that speaks no TLS, though the setting says so, is reported at once', async () => {
  await using proxy = await plainServer(says('HTTP/1.1 400 Bad request\r\n\r\n'));
  const error = await errorWith({ https_proxy: `https://alice:hunter2@127.0.0.1:${proxy.port}` });
  assert.match(
    error.message,
    /^no TLS connection to the proxy in https_proxy is possible \(\w+\); perhaps https_proxy should say http:\/\/$/,
  );
  assert.equal(error.permanent, true);
});

test('A proxy that speaks something else than HTTP is reported at once', async () => {
  await using proxy = await plainServer(says('SSH-2.0-OpenSSH\r\n'));
  const error = await errorWith({ https_proxy: `http://127.0.0.1:${proxy.port}` });
  assert.match(
    error.message,
    /^the proxy in https_proxy does not respond as an HTTP proxy does \(HPE_\w+\)$/,
  );
  assert.equal(error.permanent, true);
});

test('A proxy in whose tunnel nothing speaks TLS is reported at once', async () => {
  await using proxy = await plainServer(
    says('HTTP/1.1 200 OK\r\n\r\nHTTP/1.1 302 Found\r\nlocation: /sign-in\r\n\r\n'),
  );
  const error = await errorWith({ https_proxy: `http://127.0.0.1:${proxy.port}` });
  assert.match(error.message, /^the server does not use TLS \(\w+\)/);
  assert.equal(error.permanent, true);
});

test('A proxy whose certificate nobody vouches for is reported at once, and is sent no password', async () => {
  let asked = 0;
  await using proxy = await tlsServer((client) => void client.once('data', () => asked++), false);
  const error = await errorWith({ https_proxy: `https://alice:hunter2@127.0.0.1:${proxy.port}` });
  assert.match(
    error.message,
    /^the proxy's certificate is not trusted \(\w+\); NODE_EXTRA_CA_CERTS must name its CA$/,
  );
  assert.equal(error.permanent, true);
  assert.equal(asked, 0);
});

for (const [status, permanent] of [
  [407, true],
  [403, true],
  [408, false],
  [429, false],
  [502, false],
  [302, false],
] as const) {
  test(`A proxy that refuses with ${status} is reported, ${permanent ? 'at once' : 'and asked again'}`, async () => {
    await using proxy = await plainServer(says(`HTTP/1.1 ${status} No\r\ncontent-length: 0\r\n\r\n`));
    const error = await errorWith({ https_proxy: `http://127.0.0.1:${proxy.port}` });
    assert.match(error.message, new RegExp(`^the proxy .*\\(${status}\\)$`));
    assert.equal(error.permanent, permanent);
  });
}

test('A proxy that refuses connections may accept them later', async () => {
  const proxy = await plainServer(() => undefined);
  const { port } = proxy;
  await proxy[Symbol.asyncDispose]();
  const error = await errorWith({ https_proxy: `http://127.0.0.1:${port}` });
  assert.equal(error.message, 'the proxy could not be used: the connection was refused');
  assert.equal(error.permanent, false);
});
