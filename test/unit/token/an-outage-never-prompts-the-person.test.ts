import assert from 'node:assert/strict';
import test from 'node:test';
import { minutes } from '../../../src/clock.ts';
import { TransportError } from '../../../src/http/transport.ts';
import { html, json, refused } from '../fakes/answers.ts';
import { always } from '../fakes/entra.ts';
import { failureOf } from '../fakes/failure.ts';
import { alice } from '../fakes/people.ts';
import { run, signedIn } from '../fakes/signed-in.ts';
import { worldWith } from '../fakes/world.ts';

for (const [outage, answer] of [
  ['no connection', new TransportError('the host name was not found (DNS)')],
  ['503', json(503, {})],
  ['HTML pages', html(200)],
  ['429', json(429, {}, { 'retry-after': '20' })],
  ['90055 as invalid_grant', refused('invalid_grant', 90055)],
  ['50196 as invalid_grant', refused('invalid_grant', 50196)],
  ['90033 as invalid_grant', refused('invalid_grant', 90033)],
  ['temporarily_unavailable', json(400, { error: 'temporarily_unavailable' })],
] as const) {
  test(`an outage (${outage}) is retried for a while, then a failure; nobody is asked to sign in`, async () => {
    const stored = await signedIn(alice, { expiresIn: 60 });
    const world = worldWith({ token: always(answer) });

    const failure = await failureOf(run(world, [stored]), 'entra-unavailable');

    assert.match(failure.message, /nobody needs to sign in/);
    assert.deepEqual([world.asked, world.infos], [[], []]);
    assert.ok(world.clock.passed > minutes(0.5) && world.clock.passed <= minutes(1.5));
    assert.ok(world.entra.requests.length < 20);
  });
}

test('what cannot pass by itself is not waited for', async () => {
  const stored = await signedIn(alice, { expiresIn: 60 });
  const untrusted = new TransportError("the server's certificate is not trusted", { permanent: true });
  const world = worldWith({ token: [untrusted] });

  const failure = await failureOf(run(world, [stored]), 'entra-unavailable');

  assert.match(failure.message, /certificate is not trusted/);
  assert.deepEqual([world.clock.waits, world.asked], [[], []]);
});

test('a Retry-After beyond the deadline ends the run at once, and is reported', async () => {
  const stored = await signedIn(alice, { expiresIn: 60 });
  const world = worldWith({ token: [json(429, {}, { 'retry-after': '3600' })] });

  const failure = await failureOf(run(world, [stored]), 'entra-unavailable');

  assert.match(failure.message, /asks to wait 36\d\d s/);
});

test('a refused app registration is a failure, not a reason to sign in', async () => {
  const stored = await signedIn(alice, { expiresIn: 60 });
  const world = worldWith({ token: [refused('invalid_client', 7000218)] });

  await failureOf(run(world, [stored]), 'entra-refused');

  assert.deepEqual(world.asked, []);
});
