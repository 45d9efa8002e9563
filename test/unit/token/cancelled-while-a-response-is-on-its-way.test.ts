import assert from 'node:assert/strict';
import test from 'node:test';
import { Cancelled } from '../../../src/failure.ts';
import type { Transport } from '../../../src/http/transport.ts';
import { deviceCode, granted, json } from '../fakes/answers.ts';
import { failureOf } from '../fakes/failure.ts';
import { alice } from '../fakes/people.ts';
import { tokenRequest } from '../fakes/request.ts';
import { run, signedIn } from '../fakes/signed-in.ts';
import { type World, worldWith } from '../fakes/world.ts';

type Script = Parameters<typeof worldWith>[0];

/** A run that is cancelled when it has sent its first request to this endpoint; the answer comes unless it is given up. */
function cancelledAt(endpoint: string, script: Script, hasTime = true): World {
  const cancelled = new AbortController();
  const outOfTime = new AbortController();
  const world = worldWith({ ...script, signal: cancelled.signal });
  const transport: Transport = async (request, bounds) => {
    const answer = await world.entra.transport(request, bounds);
    if (!new URL(request.url).pathname.endsWith(endpoint)) return answer;
    cancelled.abort(new Cancelled());
    if (!hasTime) outOfTime.abort(new Cancelled());
    bounds.signal?.throwIfAborted();
    return answer;
  };
  const network = { ...world.ports.network, transport, deadline: outOfTime.signal };
  return { ...world, ports: { ...world.ports, network } };
}

test('a refresh that is on its way when the run is cancelled is waited for, and its sign-in is saved', async () => {
  const stored = await signedIn(alice, { expiresIn: 60 });
  const world = cancelledAt('/token', { token: [granted(alice, { refreshToken: 'the rotated one' })] });

  await run(world, [stored]);

  assert.match(world.obtained.at(-1)?.cache ?? '', /the rotated one/);
});

test('a code that is being redeemed when the run is cancelled is waited for, and its sign-in is saved', async () => {
  const world = cancelledAt('/token', { deviceCode: [deviceCode()], token: [granted(alice)] });

  await run(world);

  assert.match(world.obtained.at(-1)?.cache ?? '', /refresh token of alice/);
});

test('after a response that came while the run was cancelled no further request is sent', async () => {
  const request = tokenRequest({ scopes: ['User.Read', 'https://outlook.office.com/SMTP.Send'] });
  const stored = await signedIn(alice, { expiresIn: 60 });
  const world = cancelledAt('/token', { token: [granted(alice, { refreshToken: 'the rotated one' })] });

  await failureOf(run(world, [stored], request), 'cancelled');

  assert.equal(world.entra.to('token').length, 1);
  assert.match(world.obtained.at(-1)?.cache ?? '', /the rotated one/);
});

test('when the run is cancelled, a response that says "not yet" is not followed by another poll', async () => {
  const pending = json(400, { error: 'authorization_pending' });
  const world = cancelledAt('/token', { deviceCode: [deviceCode()], token: [pending] });

  await failureOf(run(world), 'cancelled');

  assert.equal(world.entra.to('token').length, 1);
});

test('a response that comes too late after the cancellation is given up', async () => {
  const stored = await signedIn(alice, { expiresIn: 60 });
  const world = cancelledAt('/token', { token: [granted(alice)] }, false);

  await failureOf(run(world, [stored]), 'cancelled');

  assert.deepEqual(world.obtained, []);
});

test('a request for a code, which can be sent again, is given up at once', async () => {
  const world = cancelledAt('/devicecode', { deviceCode: [deviceCode()], token: [granted(alice)] });

  await failureOf(run(world), 'cancelled');

  assert.equal(world.entra.to('token').length, 0);
});
