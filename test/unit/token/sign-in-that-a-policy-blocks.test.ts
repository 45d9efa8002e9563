import assert from 'node:assert/strict';
import test from 'node:test';
import { type ErrorCode, Failure } from '../../../src/failure.ts';
import { correlationId, deviceCode, granted, json, refused, revoked } from '../fakes/answers.ts';
import { failureOf } from '../fakes/failure.ts';
import { alice } from '../fakes/people.ts';
import { tokenRequest } from '../fakes/request.ts';
import { run } from '../fakes/signed-in.ts';
import { storedTokens } from '../fakes/stored-tokens.ts';
import { worldWith } from '../fakes/world.ts';

const nobodyCanBeAsked = (code: ErrorCode) =>
  new Failure(code, { what: 'Nobody can be asked.', why: '', fix: '' });
const words = 'Access has been blocked by Conditional Access policies.';
const blocked = refused('invalid_grant', 53003, { error_description: `AADSTS53003: ${words}` });

for (const [error, code, expected] of [
  ['invalid_grant', 53003, 'blocked-by-policy'],
  ['access_denied', 53003, 'blocked-by-policy'],
  ['interaction_required', 530033, 'blocked-by-policy'],
  ['invalid_grant', 530099, 'blocked-by-policy'],
  ['unauthorized_client', 53005, 'blocked-by-policy'],
  ['invalid_grant', 50057, 'account-refused'],
  ['invalid_grant', 50105, 'account-refused'],
] as const) {
  const suberror = code === 53005 ? 'protection_policy_required' : '';
  for (const refusal of ['sign-in-needed', 'sign-in-refused'] as const) {
    test(`a run that may not ask (${refusal}) fails for what Entra refused: ${error} with ${code}`, async () => {
      const world = worldWith({
        token: [refused(error, code, { suberror })],
        refusal: nobodyCanBeAsked(refusal),
      });

      const failure = await failureOf(run(world, [storedTokens(alice)]), expected);

      assert.ok(failure.explanation.reference?.includes(correlationId));
      assert.deepEqual(world.obtained, []);
    });
  }
}

test("a run that may ask does so, with Entra's words", async () => {
  const world = worldWith({ token: [blocked, granted(alice)], deviceCode: [deviceCode()] });

  const { source } = await run(world, [storedTokens(alice)]);

  assert.equal(source, 'sign-in');
  assert.ok(world.asked[0]?.includes(words.slice(0, -1)), world.asked[0]);
});

test('a blocked sign-in does not hide another one', async () => {
  const world = worldWith({ token: [blocked, granted(alice)] });
  const second = {
    ...storedTokens(alice, { refreshTokens: ['of the other'] }),
    origin: 'the workflow cache',
  };

  const { source } = await run(world, [storedTokens(alice), second]);

  assert.deepEqual([source, world.asked], ['refresh', []]);
  assert.match(world.infos[0] ?? '', /token-cache is ignored: .*Conditional Access/);
});

test('where one sign-in is blocked and one is revoked, it is the policy that is reported', async () => {
  const world = worldWith({ token: [revoked, blocked], refusal: nobodyCanBeAsked('sign-in-needed') });

  await failureOf(run(world, [storedTokens(alice), storedTokens(alice)]), 'blocked-by-policy');
});

test('a wrong app registration is no word on the sign-in, though it comes as invalid_grant', async () => {
  const world = worldWith({ token: [refused('invalid_grant', 700016)] });

  await failureOf(run(world, [storedTokens(alice)]), 'entra-refused');
  assert.deepEqual(world.asked, []);
});

const notGranted =
  'AADSTS70000: The request was denied because one or more scopes requested are unauthorized or expired. The user must first sign in and grant the client application access to the requested scope.';

test('where a personal account lacks consent, the sign-in is not ignored and one code is shown', async () => {
  const scopes = ['User.Read', 'https://outlook.office.com/SMTP.Send'];
  const world = worldWith({
    token: [
      granted(alice),
      refused('invalid_grant', 70000, { error_description: notGranted }),
      granted(alice),
    ],
    deviceCode: [deviceCode()],
  });

  const { tokens } = await run(world, [storedTokens(alice)], tokenRequest({ scopes }));

  assert.deepEqual(
    tokens.map(({ source }) => source),
    ['refresh', 'sign-in'],
  );
  assert.equal(world.shown.length, 1);
  assert.match(world.asked[0] ?? '', /lacks consent/);
});

test('a refusal without a code in a silent run does not mean that somebody declined', async () => {
  const denied = json(400, { error: 'access_denied', error_description: 'Denied.' });
  const world = worldWith({ token: [denied], refusal: nobodyCanBeAsked('sign-in-needed') });

  const { message } = await failureOf(run(world, [storedTokens(alice)]), 'blocked-by-policy');

  assert.doesNotMatch(message, /declined|accept/);
});

for (const codes of [
  [70000, 53003],
  [50076, 53003],
  [65001, 53003],
]) {
  test(`a policy counts wherever its code stands: ${codes.join(', ')}`, async () => {
    const error = refused('invalid_grant', codes[0] ?? 0, { error_codes: codes });
    const world = worldWith({ token: [error], refusal: nobodyCanBeAsked('sign-in-needed') });

    await failureOf(run(world, [storedTokens(alice)]), 'blocked-by-policy');
  });
}
