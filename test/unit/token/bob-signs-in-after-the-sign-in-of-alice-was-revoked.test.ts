import assert from 'node:assert/strict';
import test from 'node:test';
import { deviceCode, granted, revoked } from '../fakes/answers.ts';
import { alice, bob } from '../fakes/people.ts';
import { run, signedIn } from '../fakes/signed-in.ts';
import { worldWith } from '../fakes/world.ts';

test("When Alice's sign-in was revoked and Bob signs in, the next silent run is Bob's", async () => {
  const ofAlice = await signedIn(alice, { expiresIn: 60 });
  const today = worldWith({ token: [revoked, granted(bob, { expiresIn: 60 })], deviceCode: [deviceCode()] });

  const { cache, details } = await run(today, [ofAlice]);
  const tomorrow = worldWith({ token: [granted(bob)] });
  const next = await run(tomorrow, [{ origin: 'the workflow cache', cache, details }]);

  assert.ok(!cache.includes('alice'));
  assert.deepEqual([next.account.username, next.source, tomorrow.asked], [bob.username, 'refresh', []]);
  assert.equal(tomorrow.entra.to('token')[0]?.form['refresh_token'], 'refresh token of bob');
});
