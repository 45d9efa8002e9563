import assert from 'node:assert/strict';
import test from 'node:test';
import { deviceCode, granted, refused } from '../fakes/answers.ts';
import { alice } from '../fakes/people.ts';
import { run, signedIn } from '../fakes/signed-in.ts';
import { worldWith } from '../fakes/world.ts';

const claims = '{"access_token":{"capolids":{"essential":true,"values":["c1"]}}}';

test('claims that the failed silent call demands are sent in the sign-in', async () => {
  const stored = await signedIn(alice, { expiresIn: 60 });
  const world = worldWith({
    token: [refused('interaction_required', 50076, { suberror: 'basic_action', claims }), granted(alice)],
    deviceCode: [deviceCode()],
  });

  await run(world, [stored]);

  // MSAL adds id_token claims of its own beside them.
  const sent = JSON.parse(world.entra.to('devicecode')[0]?.form['claims'] ?? '{}') as object;
  assert.deepEqual({ ...sent, ...JSON.parse(claims) }, sent);
});

test('without a demand no claims are sent', async () => {
  const world = worldWith({ token: [granted(alice)], deviceCode: [deviceCode()] });

  await run(world);

  assert.equal(world.entra.to('devicecode')[0]?.form['claims'], undefined);
});

for (const garbage of ['garbage', '[]', 'null']) {
  test(`claims that are no JSON object (${garbage}) do not prevent the person from signing in`, async () => {
    const stored = await signedIn(alice, { expiresIn: 60 });
    const world = worldWith({
      token: [refused('interaction_required', 50076, { claims: garbage }), granted(alice)],
      deviceCode: [deviceCode()],
    });

    const { source } = await run(world, [stored]);

    assert.equal(source, 'sign-in');
  });
}
