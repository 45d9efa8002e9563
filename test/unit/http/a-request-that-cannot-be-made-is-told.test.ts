import assert from 'node:assert/strict';
import { test } from 'node:test';
import { httpsTransport } from '../../../src/http/https-transport.ts';
import { TransportError } from '../../../src/http/transport.ts';
import { tlsServer, trustOddServers, withEnvironment } from '../fakes/odd-proxy.ts';

trustOddServers();

for (const url of [
  'http://127.0.0.1/token',
  '127.0.0.1/token',
  'https://',
  'https://entra.example:99999/',
  'file:///etc/passwd',
  '',
]) {
  test(`The address "${url}" is no address for a request, in words`, async () => {
    const error = await httpsTransport({ method: 'GET', url, headers: {} }, { timeout: 60_000 }).catch(
      (thrown: unknown) => thrown,
    );
    assert.ok(error instanceof TransportError);
    assert.equal(error.message, 'the address of the request is none under https://');
    assert.equal(error.permanent, true);
  });
}

test('A header that HTTP cannot carry is reported, and is no error of the action', async () => {
  await using server = await tlsServer(() => undefined);
  await withEnvironment({}, async () => {
    const url = `https://127.0.0.1:${server.port}/`;
    const headers = { authorization: 'Bearer two\nlines' };
    await assert.rejects(httpsTransport({ method: 'GET', url, headers }, { timeout: 60_000 }), {
      name: 'TransportError',
      message: 'the request cannot be made (ERR_INVALID_CHAR)',
      permanent: true,
    });
  });
});
