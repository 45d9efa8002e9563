import assert from 'node:assert/strict';
import test from 'node:test';
import { cloudAuthority } from '../../../src/entra/authority.ts';
import { TransportError } from '../../../src/http/transport.ts';
import { deviceCode, granted, idToken, refused } from '../fakes/answers.ts';
import { always } from '../fakes/entra.ts';
import { explanationOf } from '../fakes/explained.ts';
import { failureOf } from '../fakes/failure.ts';
import { alice } from '../fakes/people.ts';
import { tokenRequest } from '../fakes/request.ts';
import { run, signedIn } from '../fakes/signed-in.ts';
import { storedTokens } from '../fakes/stored-tokens.ts';
import { worldWith } from '../fakes/world.ts';

const smtp = 'https://outlook.office.com/SMTP.Send';
const mail = granted(alice, { accessToken: 'for mail', scope: smtp, refreshToken: 'second' });

test('where a further resource lacks consent, the code is for that one, and the cached token is still used', async () => {
  const world = worldWith({ token: [refused('invalid_grant', 65001), mail], deviceCode: [deviceCode()] });

  const { tokens } = await run(world, [await signedIn(alice)], tokenRequest({ scopes: ['User.Read', smtp] }));

  assert.deepEqual(
    tokens.map(({ token, source }) => [token, source]),
    [
      ['access token of alice', 'cache'],
      ['for mail', 'sign-in'],
    ],
  );
  assert.match(world.entra.to('devicecode')[0]?.form['scope'] ?? '', /SMTP\.Send/);
});

for (const [first, expiresIn] of [
  ['cached', 3600],
  ['refreshed', 60],
] as const) {
  test(`an outage at the third resource does not lose what the second one brought (the first token is ${first})`, async () => {
    const stored = await signedIn(alice, { expiresIn });
    const responses = [mail, ...always(new TransportError('the connection was reset'))];
    const world = worldWith({ token: expiresIn === 60 ? [granted(alice), ...responses] : responses });
    const request = tokenRequest({ scopes: ['User.Read', smtp, 'api://c11e/read'] });

    await failureOf(run(world, [stored], request), 'entra-unavailable');

    assert.match(world.obtained.at(-1)?.cache ?? '', /"second"/);
    assert.equal(world.obtained.at(-1)?.tokens.length, 2);
  });
}

test('tokens of two tenants are refused, with the advice to name one', async () => {
  const other = '22222222-2222-4222-8222-222222222222';
  const elsewhere = granted(alice, { scope: smtp, members: { id_token: idToken({ ...alice, tid: other }) } });
  const world = worldWith({ token: [granted(alice), elsewhere] });
  const authority = cloudAuthority('public', 'contoso.example');
  const request = tokenRequest({ authority, scopes: ['User.Read', smtp] });

  const failure = await failureOf(run(world, [storedTokens(alice)], request), 'entra-refused');

  const { what, fix } = explanationOf(failure);
  assert.match(what, /two tenants/);
  assert.match(fix, /set tenant-id to the GUID/);
});
