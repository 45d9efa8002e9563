import assert from 'node:assert/strict';
import test from 'node:test';
import { minutes, seconds } from '../../../src/clock.ts';
import { getAccessTokens } from '../../../src/token/get-access-tokens.ts';
import { beginSignIn, finishSignIn } from '../../../src/token/split-sign-in.ts';
import type { PendingTokens } from '../../../src/token/token-outcome.ts';
import type { PendingSignIn } from '../../../src/token/token-ports.ts';
import type { Candidate, TokenRequest } from '../../../src/token/token-request.ts';
import { deviceCode, granted, pending, refused, secretDeviceCode, shownCode } from '../fakes/answers.ts';
import { always, type Script } from '../fakes/entra.ts';
import { failureOf } from '../fakes/failure.ts';
import { alice } from '../fakes/people.ts';
import { tokenRequest } from '../fakes/request.ts';
import { run, signedIn } from '../fakes/signed-in.ts';
import { type World, worldWith } from '../fakes/world.ts';

const claims = '{"access_token":{"capolids":{"essential":true,"values":["c1"]}}}';

const through = (world: World, signIn: World['ports']['signIn']): World => ({
  ...world,
  ports: { ...world.ports, signIn },
});

/** What the first process hands over. */
async function begun(
  world: World,
  candidates: readonly Candidate[] = [],
  request: TokenRequest = tokenRequest(),
): Promise<PendingTokens> {
  const outcome = await getAccessTokens(request, { candidates }, through(world, beginSignIn).ports);
  if (outcome.kind === 'pending') return outcome;
  throw outcome.kind === 'failed' ? outcome.error : new Error('the first process has the tokens');
}

const handed = async (): Promise<PendingSignIn> =>
  (await begun(worldWith({ deviceCode: [deviceCode()] }))).pending;

/** The second process. */
function second(script: Script, signIn: PendingSignIn): World {
  return through(worldWith(script), finishSignIn(signIn));
}

test('in a split sign-in the first job shows the code and ends without a poll; the second polls and requests no code', async () => {
  const first = worldWith({ deviceCode: [deviceCode()] });
  const { code, pending: signIn } = await begun(first);
  assert.equal(code.userCode, shownCode);
  assert.deepEqual(first.shown, [code]);
  assert.deepEqual(
    first.entra.requests.map(({ endpoint }) => endpoint),
    ['devicecode'],
  );

  const world = second({ token: [pending, granted(alice)] }, signIn);
  assert.equal((await run(world)).source, 'sign-in');
  assert.deepEqual(
    world.entra.requests.map(({ endpoint, form }) => [endpoint, form['device_code']]),
    [
      ['token', secretDeviceCode],
      ['token', secretDeviceCode],
    ],
  );
  assert.ok(first.masked.includes(secretDeviceCode) && world.masked.includes(secretDeviceCode));
  assert.deepEqual(world.shown[0]?.userCode, shownCode);
});

test('in a split sign-in the second job polls at the pace that the server asked for', async () => {
  const first = worldWith({ deviceCode: [deviceCode({ interval: 7 })] });
  const world = second({ token: [pending, pending, granted(alice)] }, (await begun(first)).pending);

  await run(world);

  assert.deepEqual(world.entra.pauses, [seconds(7), seconds(7)]);
});

test('claims that a refresh in the first job demanded are sent by the second', async () => {
  const stored = await signedIn(alice, { expiresIn: 60 });
  const demanding = refused('interaction_required', 50076, { suberror: 'basic_action', claims });
  const { pending: signIn } = await begun(worldWith({ token: [demanding], deviceCode: [deviceCode()] }), [
    stored,
  ]);

  const world = second({ token: [granted(alice)] }, signIn);
  await run(world);

  const sent = JSON.parse(world.entra.to('token')[0]?.form['claims'] ?? '{}') as object;
  assert.deepEqual({ ...sent, ...JSON.parse(claims) }, sent);
});

test('the second job waits until the code expires, and shows it again meanwhile', async () => {
  const signIn = await handed();
  const world = second({ token: always(pending) }, { ...signIn, expiresAt: Date.now() + seconds(100) });

  await failureOf(run(world), 'sign-in-expired');

  assert.equal(Math.round(world.clock.passed / 1000), 100);
  assert.deepEqual(
    world.reminders.map((left) => Math.round(left / 1000)),
    [70, 40, 10],
  );
});

test('the second job waits no longer than it may', async () => {
  const world = second({ token: always(pending) }, await handed());

  await failureOf(run(world, [], tokenRequest({ signInTimeout: minutes(2) })), 'sign-in-expired');

  assert.equal(world.clock.passed, minutes(2));
});

test('in the second job a code that has expired costs no request', async () => {
  const world = second({}, { ...(await handed()), expiresAt: Date.now() });

  const { message } = await failureOf(run(world), 'sign-in-expired');

  assert.match(message, /The pending sign-in has expired/);
  assert.deepEqual([world.entra.requests, world.shown], [[], []]);
});

test('in the second job a code that was used already has an error code of its own', async () => {
  const world = second({ token: [refused('invalid_grant', 90120)] }, await handed());

  await failureOf(run(world), 'sign-in-used');
});

test('whether a split sign-in was forced is handed on', async () => {
  assert.equal((await handed()).isForced, false);
  const { pending: signIn } = await begun(
    worldWith({ deviceCode: [deviceCode()] }),
    [],
    tokenRequest({ forceSignIn: true }),
  );
  assert.equal(signIn.isForced, true);
});

test('the lifetime of a code that claims to be valid for years is capped, so that it can be shown', async () => {
  const world = worldWith({ deviceCode: [deviceCode({ expires_in: 1e300 })] });

  const { pending: signIn } = await begun(world);

  assert.equal(signIn.expiresAt, world.clock.startedAt + minutes(60));
});

test('where Entra gives no code, the first job of a split sign-in fails as in one step', async () => {
  const world = worldWith({ deviceCode: [refused('invalid_client', 7000218)] });

  const { message } = await failureOf(run(through(world, beginSignIn)), 'entra-refused');

  assert.match(message, /Allow public client flows/);
});
