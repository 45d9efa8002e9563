import assert from 'node:assert/strict';
import test from 'node:test';
import { deviceCode, granted, refused } from '../fakes/answers.ts';
import { alice, bob } from '../fakes/people.ts';
import { tokenRequest } from '../fakes/request.ts';
import { run, signedIn } from '../fakes/signed-in.ts';
import { worldWith } from '../fakes/world.ts';

const smtp = 'https://outlook.office.com/SMTP.Send';
const noConsent = refused('invalid_grant', 65001);
const claimsOf = (value: string): string => JSON.stringify({ access_token: { acrs: { value } } });

test('of two sign-ins that lack consent for the same resource, the first one is completed', async () => {
  const first = await signedIn(alice, { expiresIn: 60 });
  const second = await signedIn(bob, { expiresIn: 60, origin: 'token-cache' });
  const mail = granted(alice, { accessToken: 'for mail', scope: smtp });
  const world = worldWith({
    token: [granted(alice), noConsent, granted(bob), noConsent, mail],
    deviceCode: [deviceCode()],
  });

  const { account, tokens } = await run(
    world,
    [first, second],
    tokenRequest({ scopes: ['User.Read', smtp] }),
  );

  assert.equal(account.username, alice.username);
  assert.deepEqual(
    tokens.map(({ token }) => token),
    ['access token of alice', 'for mail'],
  );
});

test('of two sign-ins that both need a person, the first one says what the new sign-in must satisfy', async () => {
  const [first, second] = [await signedIn(alice, { expiresIn: 60 }), await signedIn(bob, { expiresIn: 60 })];
  const stepUp = (claims: string) => refused('interaction_required', 50076, { claims });
  const world = worldWith({
    token: [stepUp(claimsOf('c1')), stepUp(claimsOf('c2')), granted(alice)],
    deviceCode: [deviceCode()],
  });

  await run(world, [first, second]);

  const [prompted] = world.entra.to('devicecode');
  assert.match(prompted?.form['claims'] ?? '', /"c1"/);
  assert.doesNotMatch(prompted?.form['claims'] ?? '', /"c2"/);
});
