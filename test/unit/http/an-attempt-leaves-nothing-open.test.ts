import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { opened, plainServer, says, silent } from '../fakes/odd-proxy.ts';

const module = new URL('../../../src/http/https-transport.ts', import.meta.url).href;

const proxies = {
  'never answers': { scheme: 'http', conduct: silent },
  'sends half a line': { scheme: 'http', conduct: says('HTTP/1.1 20') },
  'opens a tunnel in which nothing comes': { scheme: 'http', conduct: says(opened) },
  'makes no TLS handshake': { scheme: 'https', conduct: silent },
} as const;

for (const [name, { scheme, conduct }] of Object.entries(proxies)) {
  test(`After an attempt through a proxy that ${name} nothing keeps the process running`, async () => {
    await using proxy = await plainServer(conduct);
    const program = `
      const { httpsTransport } = await import(${JSON.stringify(module)});
      const request = { method: 'GET', url: 'https://entra.example/', headers: {} };
      await httpsTransport(request, { timeout: 50 }).catch((error) => console.log(error.name));`;
    const { no_proxy: _one, NO_PROXY: _other, ...inherited } = process.env;
    const env = { ...inherited, https_proxy: `${scheme}://127.0.0.1:${proxy.port}` };
    const args = ['--disable-warning=ExperimentalWarning', '--input-type=module', '--eval', program];
    // The proxy goes on: whether the process ends is its own affair.
    const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
    const [output, [code]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
    assert.deepEqual([output, code], ['TransportError\n', 0]);
  });
}
