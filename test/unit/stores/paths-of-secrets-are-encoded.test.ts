import assert from 'node:assert/strict';
import test from 'node:test';
import type { HttpRequest } from '../../../src/http/transport.ts';
import { SecretsApi } from '../../../src/stores/actions-secret/secrets-api.ts';
import { FakeClock } from '../fakes/clock.ts';

/** Where the secret is deleted, or the error that keeps it from being asked for. */
async function urlFor(
  changes: { readonly [name in 'repository' | 'environment' | 'name' | 'apiUrl']?: string },
) {
  const { name = 'CACHE', ...access } = changes;
  const requests: HttpRequest[] = [];
  const clock = new FakeClock();
  const secrets = new SecretsApi(
    { apiUrl: 'https://api.github.example', repository: 'o/r', environment: '', token: 't', ...access },
    {
      clock,
      random: () => 0.5,
      transport: async (request) => {
        requests.push(request);
        return { status: 204, headers: {}, body: '' };
      },
    },
  );
  await secrets.delete(name, { until: clock.now() + 1000, signal: new AbortController().signal });
  const [request] = requests;
  assert.ok(request);
  // What the URL becomes on its way is what it was.
  assert.equal(new URL(request.url).href, request.url);
  return request.url.slice('https://api.github.example/repos/'.length);
}

for (const [changes, path] of [
  [{}, 'o/r/actions/secrets/CACHE'],
  [{ apiUrl: 'https://api.github.example//' }, 'o/r/actions/secrets/CACHE'],
  [{ environment: 'night runs? #%2e' }, 'o/r/environments/night%20runs%3F%20%23%252e/secrets/CACHE'],
  [{ environment: '../../../../user' }, 'o/r/environments/..%2F..%2F..%2F..%2Fuser/secrets/CACHE'],
  [{ environment: 'a\\b' }, 'o/r/environments/a%5Cb/secrets/CACHE'],
  [{ name: '../x?y' }, 'o/r/actions/secrets/..%2Fx%3Fy'],
  [{ repository: 'o?/r#' }, 'o%3F/r%23/actions/secrets/CACHE'],
] as const) {
  test(`each segment of ${path} is encoded on its own`, async () => {
    assert.equal(await urlFor(changes), path);
  });
}

for (const changes of [
  { environment: '..' },
  { environment: '.' },
  { name: '..' },
  { repository: 'o/..' },
  { repository: '../..' },
  { repository: 'o//r' },
]) {
  test(`no request leaves its path by ${JSON.stringify(changes)}`, async () => {
    await assert.rejects(urlFor(changes), TypeError);
  });
}
