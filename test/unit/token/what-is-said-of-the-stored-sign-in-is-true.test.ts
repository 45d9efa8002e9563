import assert from 'node:assert/strict';
import test from 'node:test';
import { TransportError } from '../../../src/http/transport.ts';
import { plain } from '../../../src/text/plain-text.ts';
import { getAccessTokens } from '../../../src/token/get-access-tokens.ts';
import type { StoredSignIns } from '../../../src/token/token-request.ts';
import { deviceCode, granted } from '../fakes/answers.ts';
import { always } from '../fakes/entra.ts';
import { failureOf } from '../fakes/failure.ts';
import { alice } from '../fakes/people.ts';
import { tokenRequest } from '../fakes/request.ts';
import { run, signedIn } from '../fakes/signed-in.ts';
import { worldWith } from '../fakes/world.ts';

const off = new TransportError('the connection was refused');

test('an outage while nothing is stored says nothing of a stored sign-in', async () => {
  const world = worldWith({ deviceCode: always(off) });

  const failure = await failureOf(run(world), 'entra-unavailable');

  assert.doesNotMatch(failure.message, /stored sign-in|nobody needs/i);
});

test('an outage while a stored sign-in is refreshed says that it is unchanged', async () => {
  const world = worldWith({ token: always(off) });

  const failure = await failureOf(
    run(world, [await signedIn(alice, { expiresIn: 60 })]),
    'entra-unavailable',
  );

  assert.match(failure.explanation.fix, /The stored sign-in is unchanged, and nobody needs to sign in\.$/);
});

test('an outage after a refresh token was replaced does not call the stored sign-in unchanged', async () => {
  const scopes = ['User.Read', 'https://outlook.office.com/SMTP.Send'];
  const world = worldWith({ token: [granted(alice), ...always(off)] });

  const failure = await failureOf(
    run(world, [await signedIn(alice, { expiresIn: 60 })], tokenRequest({ scopes })),
    'entra-unavailable',
  );

  assert.match(failure.explanation.fix, / Nobody needs to sign in\.$/);
  assert.doesNotMatch(failure.message, /unchanged/);
});

for (const [found, stored, says] of [
  ['nothing is stored', {}, 'there is no stored sign-in'],
  [
    'what is stored cannot be used',
    { hasIgnored: true },
    'no stored sign-in can be used, for the reasons above in the log',
  ],
] as const) {
  test(`where ${found}, the reason for a sign-in says that`, async () => {
    const world = worldWith({ token: [granted(alice)], deviceCode: [deviceCode()] });

    await getAccessTokens(tokenRequest(), { candidates: [], ...stored }, world.ports);

    assert.deepEqual(world.asked, [says]);
  });
}

test('where a store cannot be read, it is not said that nothing is stored', async () => {
  const reasons: string[] = [];
  const unreadable: StoredSignIns['unreadable'] = (otherwise) => {
    reasons.push(otherwise);
    throw new Error('down');
  };

  await run(worldWith({}), [], tokenRequest(), unreadable).catch(() => undefined);

  assert.deepEqual(reasons, [plain`none is stored elsewhere`]);
});
