import assert from 'node:assert/strict';
import test from 'node:test';
import { deviceCode, granted, refused } from '../fakes/answers.ts';
import { alice } from '../fakes/people.ts';
import { run, signedIn } from '../fakes/signed-in.ts';
import { worldWith } from '../fakes/world.ts';

for (const [code, meaning] of [
  [70043, /sign-in frequency/],
  [700082, /90 days/],
  [50173, /revoked/],
  [99999999, /AADSTS99999999/],
] as const) {
  test(`after invalid_grant with ${code} and no suberror the sign-in is ignored and the person is asked to sign in`, async () => {
    const stored = await signedIn(alice, { expiresIn: 60 });
    const world = worldWith({
      token: [refused('invalid_grant', code), granted(alice)],
      deviceCode: [deviceCode()],
    });

    const { source } = await run(world, [stored]);

    assert.equal(source, 'sign-in');
    assert.equal(world.asked.length, 1);
    assert.match(world.asked[0] ?? '', meaning);
    assert.match(world.infos[0] ?? '', /^The sign-in from the workflow cache is ignored: /);
  });
}

test('without any stored sign-in the person is asked at once', async () => {
  const world = worldWith({ token: [granted(alice)], deviceCode: [deviceCode()] });

  await run(world);

  assert.deepEqual(world.asked, ['there is no stored sign-in']);
});
