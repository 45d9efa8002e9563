import assert from 'node:assert/strict';
import test from 'node:test';
import { TransportError } from '../../../src/http/transport.ts';
import { NetworkClient } from '../../../src/token/network-client.ts';
import { granted, revoked } from '../fakes/answers.ts';
import type { Answer } from '../fakes/entra.ts';
import { alice } from '../fakes/people.ts';

const url = 'https://login.microsoftonline.com/organizations/oauth2/v2.0/token';

/** MSAL's HTTP client after these responses, one to each request. */
async function clientAfter(...responses: readonly Answer[]): Promise<NetworkClient> {
  const left = [...responses];
  const exchange = async () => {
    const response = left.shift();
    if (!response || response instanceof Error) throw response;
    return response;
  };
  const client = new NetworkClient(exchange, () => undefined);
  for (const _ of responses) await client.sendPostRequestAsync(url).catch(() => undefined);
  return client;
}

test('a request without a response does not leave the error of the one before it in place', async () => {
  const reset = new TransportError('the connection was reset');
  const client = await clientAfter(revoked, reset);

  assert.deepEqual([client.lastError, client.thrown], [undefined, reset]);
});

test('a response without an error does not leave the error of the one before it in place', async () => {
  const client = await clientAfter(revoked, granted(alice));

  assert.equal(client.lastError, undefined);
  assert.ok(client.tokenResponse);
});

test('tokens of an earlier response are forgotten with the next request', async () => {
  const reset = new TransportError('the connection was reset');
  assert.equal((await clientAfter(granted(alice), revoked)).tokenResponse, undefined);
  assert.equal((await clientAfter(granted(alice), reset)).tokenResponse, undefined);
});
