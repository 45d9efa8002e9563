import assert from 'node:assert/strict';
import test from 'node:test';
import { Failure } from '../../../src/failure.ts';
import { refused } from '../fakes/answers.ts';
import { failureOf } from '../fakes/failure.ts';
import { alice } from '../fakes/people.ts';
import { tokenRequest } from '../fakes/request.ts';
import { run, signedIn } from '../fakes/signed-in.ts';
import { worldWith } from '../fakes/world.ts';

const refusal = new Failure('sign-in-needed', { what: 'Nobody is there.', why: '', fix: '' });

for (const [form, answer, code] of [
  ['code 65001 alone', refused('invalid_grant', 65001), 'sign-in-needed'],
  // Only an administrator can consent, so that no sign-in is asked for.
  [
    'suberror consent_required',
    refused('invalid_grant', 90094, { suberror: 'consent_required' }),
    'consent-needed',
  ],
  ['error consent_required', refused('consent_required', 90094), 'consent-needed'],
] as const) {
  test(`a sign-in that lacks consent (${form}) is never ignored, and the scopes are named`, async () => {
    const stored = await signedIn(alice);
    const world = worldWith({ token: [answer], refusal });
    const request = tokenRequest({ scopes: ['Mail.Read', 'Notes.Read'] });

    await failureOf(run(world, [stored], request), code);

    assert.deepEqual(world.infos, []);
    assert.match(world.asked[0] ?? '', /works, but lacks consent for one of: Mail\.Read Notes\.Read/);
    assert.equal(world.entra.to('devicecode').length, 0);
  });
}

test('a sign-in that no longer works does not hide an earlier one that lacks consent', async () => {
  const lacking = await signedIn(alice, { expiresIn: 60 });
  const dead = await signedIn(alice, { expiresIn: 60, origin: 'token-cache' });
  const world = worldWith({
    token: [refused('invalid_grant', 65001), refused('invalid_grant', 50173)],
    refusal,
  });

  await failureOf(run(world, [lacking, dead]), 'sign-in-needed');

  assert.match(world.asked[0] ?? '', /lacks consent/);
});
