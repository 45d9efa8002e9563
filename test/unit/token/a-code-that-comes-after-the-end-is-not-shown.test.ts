import assert from 'node:assert/strict';
import test from 'node:test';
import { Cancelled } from '../../../src/failure.ts';
import type { Transport } from '../../../src/http/transport.ts';
import { deviceCode } from '../fakes/answers.ts';
import { failureOf } from '../fakes/failure.ts';
import { run } from '../fakes/signed-in.ts';
import { worldWith } from '../fakes/world.ts';

test('a run that is cancelled while it requests a code does not wait for the code, and shows none', async () => {
  const cancelled = new AbortController();
  const world = worldWith({ deviceCode: [deviceCode()], signal: cancelled.signal });
  const transport: Transport = async (request, bounds) => {
    const response = await world.entra.transport(request, bounds);
    cancelled.abort(new Cancelled());
    bounds.signal?.throwIfAborted();
    return response;
  };
  // A run that has time left: for what Entra gives only once.
  const network = { ...world.ports.network, transport, deadline: new AbortController().signal };

  await failureOf(run({ ...world, ports: { ...world.ports, network } }), 'cancelled');

  assert.deepEqual(world.shown, []);
});
