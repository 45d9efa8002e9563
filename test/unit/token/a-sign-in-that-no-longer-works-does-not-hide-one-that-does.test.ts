import assert from 'node:assert/strict';
import test from 'node:test';
import { granted, revoked } from '../fakes/answers.ts';
import { alice } from '../fakes/people.ts';
import { run, signedIn } from '../fakes/signed-in.ts';
import { worldWith } from '../fakes/world.ts';

test('a newer sign-in that no longer works does not hide an older one that does', async () => {
  const newer = await signedIn(alice, { expiresIn: 60, refreshToken: 'newer' });
  const older = await signedIn(alice, { expiresIn: 60, refreshToken: 'older', origin: 'token-cache' });
  const world = worldWith({ token: [revoked, granted(alice)] });

  const { source, candidate } = await run(world, [newer, older]);

  assert.deepEqual([source, candidate, world.asked], ['refresh', older, []]);
  assert.deepEqual(
    world.entra.to('token').map(({ form }) => form['refresh_token']),
    ['newer', 'older'],
  );
  assert.match(world.infos.join('\n'), /the workflow cache is ignored/);
});

test('the first sign-in that works is taken, the others are left alone', async () => {
  const first = await signedIn(alice);
  const second = await signedIn(alice, { expiresIn: 60 });
  const world = worldWith({});

  const { candidate } = await run(world, [first, second]);

  assert.equal(candidate, first);
});
