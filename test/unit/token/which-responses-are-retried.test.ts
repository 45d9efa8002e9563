import assert from 'node:assert/strict';
import test from 'node:test';
import { seconds } from '../../../src/clock.ts';
import { TransportError } from '../../../src/http/transport.ts';
import { granted, json, refused } from '../fakes/answers.ts';
import { type Answer, always } from '../fakes/entra.ts';
import { explanationOf } from '../fakes/explained.ts';
import { failureOf } from '../fakes/failure.ts';
import { alice } from '../fakes/people.ts';
import { run, signedIn } from '../fakes/signed-in.ts';
import { type World, worldWith } from '../fakes/world.ts';

const stored = await signedIn(alice, { expiresIn: 60 });

/** A refresh that first gets this response. */
async function refreshAfter(response: Answer, random?: () => number): Promise<World> {
  const world = worldWith({ token: [response, granted(alice)], ...(random && { random }) });
  const { source } = await run(world, [stored]);
  assert.equal(source, 'refresh');
  return world;
}

for (const [what, response, says] of [
  ['429', json(429, {}), /\b429\b/],
  ['500 with an OAuth error', json(500, { error: 'invalid_grant' }), /\b500\b/],
  ['503', json(503, {}), /\b503\b/],
  ['300 without an OAuth error', json(300, {}), /\b300\b/],
  ['400 without an OAuth error', json(400, {}), /\b400\b/],
  ['a code for throttling', refused('invalid_grant', 90055), /AADSTS90055\b/],
  ['a code for a passing fault', refused('invalid_grant', 90033), /AADSTS90033\b/],
  ['temporarily_unavailable', json(400, { error: 'temporarily_unavailable' }), /temporarily_unavailable/],
  ['server_error', json(400, { error: 'server_error' }), /server_error/],
  ['no response', new TransportError('the connection was reset'), /the connection was reset/],
] as const) {
  test(`a refresh that gets ${what} is retried, and a failure in the end says that it was that`, async () => {
    assert.equal((await refreshAfter(response)).clock.waits.length, 1);

    const failure = await failureOf(
      run(worldWith({ token: always(response) }), [stored]),
      'entra-unavailable',
    );
    const { why, fix } = explanationOf(failure);
    assert.match(why, says);
    assert.doesNotMatch(why, /to wait/);
    assert.match(fix, /run again in a few minutes/);
  });
}

test('runs that a code throttles come back spread over 12 seconds, as after a 429', async () => {
  for (const throttled of [
    refused('invalid_grant', 50196),
    refused('invalid_request', 90055),
    json(429, {}),
  ]) {
    const first = await refreshAfter(throttled, () => 0);
    const last = await refreshAfter(throttled, () => 1 - Number.EPSILON);
    const spread = (last.clock.waits[0] ?? 0) - (first.clock.waits[0] ?? 0);
    assert.equal(Math.round(spread), seconds(12));
  }
});

const inAMinute = new Date(Math.ceil(Date.now() / 1000) * 1000 + 60_000);
for (const [form, value] of [
  ['spaces around it', ' 60 '],
  ['a date whose zone is a number', inAMinute.toUTCString().replace('GMT', '+0000')],
  ['a date in ISO 8601', inAMinute.toISOString()],
] as const) {
  test(`a Retry-After with ${form} is honored`, async () => {
    const world = await refreshAfter(json(503, {}, { 'retry-after': value }));

    const [wait = 0] = world.clock.waits;
    assert.ok(wait > seconds(50) && wait <= seconds(61), `waited ${wait} ms`);
  });
}

for (const value of ['', 'soon', 'x60', '-60', '60 s']) {
  test(`a Retry-After that says nothing ("${value}") is ignored`, async () => {
    const world = await refreshAfter(json(503, {}, { 'retry-after': value }));

    assert.deepEqual(world.clock.waits, [seconds(1)]);
  });
}

test('a Retry-After as long as the whole patience is waited out, and the request is sent once more', async () => {
  const world = await refreshAfter(json(503, {}, { 'retry-after': '90' }));

  assert.deepEqual(world.clock.waits, [seconds(90)]);
});

test('what cannot pass by itself is not retried, and the advice is about the network', async () => {
  const untrusted = new TransportError('the certificate is not trusted', { permanent: true });
  const world = worldWith({ token: [untrusted] });

  const { why, fix } = explanationOf(await failureOf(run(world, [stored]), 'entra-unavailable'));

  assert.match(why, /the certificate is not trusted/);
  assert.match(fix, /network settings/);
  assert.deepEqual(world.clock.waits, []);
});

test('a Retry-After longer than the patience ends the run at once, and is told', async () => {
  const world = worldWith({ token: [json(503, {}, { 'retry-after': '600' })] });

  const { why } = explanationOf(await failureOf(run(world, [stored]), 'entra-unavailable'));

  assert.match(why, /\b503\b.* to wait 600 s\.$/);
  assert.deepEqual(world.clock.waits, []);
});

test('an error that is no failure of the network is not retried, and is not called one', async () => {
  const bug = new TypeError('a bug');
  const world = worldWith({ token: [bug] });

  await assert.rejects(run(world, [stored]), bug);

  assert.deepEqual([world.clock.waits, world.entra.requests.length], [[], 1]);
});

test('a clock that is off stops nothing where nobody is told of it', async () => {
  const long = new Date(Date.now() - seconds(7200)).toUTCString();
  const world = worldWith({ token: [{ ...granted(alice), headers: { date: long } }] });

  assert.equal((await run(world, [stored])).source, 'refresh');
});
