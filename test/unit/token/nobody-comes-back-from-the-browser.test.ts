import assert from 'node:assert/strict';
import test from 'node:test';
import type { Clock } from '../../../src/clock.ts';
import { Failure } from '../../../src/failure.ts';
import { acquireTokenByBrowser } from '../../../src/token/browser-sign-in.ts';
import type { TokenPorts } from '../../../src/token/token-ports.ts';
import { FakeClock } from '../fakes/clock.ts';
import { tokenRequest } from '../fakes/request.ts';
import { worldWith } from '../fakes/world.ts';

/** Fails the sign-in at MSAL's loopback server, so that it listens no more. */
async function letGo(url: string): Promise<void> {
  const { redirect_uri: redirectUri = '', state = '' } = Object.fromEntries(new URL(url).searchParams);
  const { port } = new URL(redirectUri);
  await fetch(`http://127.0.0.1:${port}`, {
    method: 'POST',
    body: new URLSearchParams({ error: 'access_denied', state }),
  });
}

/** A clock whose waits end when they are told to. */
class HeldClock extends FakeClock {
  readonly #held = Promise.withResolvers<void>();
  readonly end = this.#held.resolve;

  override async sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    const aborted = new Promise<never>((_, reject) =>
      signal?.addEventListener('abort', () => reject(signal.reason)),
    );
    await Promise.race([this.#held.promise, aborted]);
    return super.sleep(milliseconds, signal);
  }
}

function withClock(ports: TokenPorts, clock: Clock): TokenPorts {
  return { ...ports, network: { ...ports.network, clock } };
}

test('After 15 minutes without a response the sign-in ends, and the redirect URI is named', async () => {
  const clock = new HeldClock();
  const { ports } = worldWith({});
  let url = '';
  const open = async (opened: string): Promise<void> => {
    url = opened;
    clock.end();
  };

  const error = await acquireTokenByBrowser(
    { open },
    { request: tokenRequest(), claims: '' },
    withClock(ports, clock),
  ).catch((thrown: unknown) => thrown);
  await letGo(url);

  assert.ok(error instanceof Failure);
  assert.equal(error.code, 'sign-in-expired');
  assert.match(error.message, /did not return within 15 minutes.*AADSTS50011/);
  assert.match(error.message, /add http:\/\/localhost under Authentication/);
  assert.deepEqual(clock.waits, [900_000]);
});

test('Where no account is asked for, the person chooses one', async () => {
  const { ports } = worldWith({});
  const clock = new HeldClock();
  let prompt: string | null = null;
  const open = async (url: string): Promise<void> => {
    prompt = new URL(url).searchParams.get('prompt');
    void letGo(url);
  };

  const request = tokenRequest({ account: '' });
  const signingIn = acquireTokenByBrowser({ open }, { request, claims: '' }, withClock(ports, clock));

  await assert.rejects(signingIn, { code: 'sign-in-declined' });
  assert.equal(prompt, 'select_account');
});
