import assert from 'node:assert/strict';
import test from 'node:test';
import type { HttpResponse } from '../../../src/http/transport.ts';
import { GithubUnavailable } from '../../../src/stores/actions-secret/github-api.ts';
import { SecretRefused } from '../../../src/stores/actions-secret/secret-refused.ts';
import { SecretsApi } from '../../../src/stores/actions-secret/secrets-api.ts';
import { FakeClock } from '../fakes/clock.ts';

const publicKey = { key_id: '1', key: Buffer.alloc(32, 9).toString('base64') };

/** Secrets of which each request but the one for the public key is answered with this status. */
function secretsThatAnswer(status: number, keyStatus = 200) {
  const clock = new FakeClock();
  const transport = async ({ method }: { readonly method: string }): Promise<HttpResponse> =>
    method === 'GET'
      ? { status: keyStatus, headers: {}, body: JSON.stringify(publicKey) }
      : { status, headers: { 'content-type': 'text/html' }, body: '<html>Sign in to the network</html>' };
  const access = { apiUrl: 'https://api.github.example', repository: 'o/r', environment: '', token: 't' };
  const secrets = new SecretsApi(access, { clock, random: () => 0.5, transport });
  const patience = { until: clock.monotonic() + 1000, signal: new AbortController().signal };
  return {
    write: () => secrets.write('CACHE', 'value', patience),
    delete: () => secrets.delete('CACHE', patience),
  };
}

for (const status of [200, 202, 206, 302, 307]) {
  test(`a response ${status} to a write or a deletion is not GitHub's`, async () => {
    const secrets = secretsThatAnswer(status);
    const isNotGithubs = (error: unknown) =>
      error instanceof GithubUnavailable && error.message.includes(`something responded ${status} with`);
    await assert.rejects(secrets.write(), isNotGithubs);
    await assert.rejects(secrets.delete(), isNotGithubs);
  });
}

test('a public key that comes with another success than 200 is not GitHub’s', async () => {
  await assert.rejects(secretsThatAnswer(201, 203).write(), GithubUnavailable);
});

test('what GitHub says when it is done is a success, and what it refuses is refused', async () => {
  await secretsThatAnswer(201).write();
  await secretsThatAnswer(204).write();
  await secretsThatAnswer(204).delete();
  await secretsThatAnswer(404).delete();
  await assert.rejects(secretsThatAnswer(404).write(), SecretRefused);
  await assert.rejects(secretsThatAnswer(403).delete(), SecretRefused);
});
