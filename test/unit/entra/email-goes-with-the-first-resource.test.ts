import assert from 'node:assert/strict';
import test from 'node:test';
import { parseScopes } from '../../../src/entra/scopes.ts';
import { deviceCode, granted } from '../fakes/answers.ts';
import { alice } from '../fakes/people.ts';
import { tokenRequest } from '../fakes/request.ts';
import { run } from '../fakes/signed-in.ts';
import { worldWith } from '../fakes/world.ts';

/** A sign-in, and what a later run makes of its cache. */
async function signedInFor(text: string, ...scopesGranted: readonly string[]) {
  const request = tokenRequest({ scopes: parseScopes(text) });
  const token = scopesGranted.map((scope) => granted(alice, { scope }));
  const world = worldWith({ deviceCode: [deviceCode()], token });
  const signIn = await run(world, [], request);
  const later = worldWith({});
  const again = await run(
    later,
    [{ origin: 'a test', cache: signIn.cache, details: signIn.details }],
    request,
  );
  const asked = world.entra.requests.flatMap(({ form }) =>
    form['scope'] ? [form['scope'].split(' ').sort()] : [],
  );
  return {
    asked,
    again,
    resources: signIn.tokens.map(({ resource }) => resource),
    requests: later.entra.requests,
  };
}

test('email beside Mail.Read is asked for, makes no resource, and the next run is silent', async () => {
  const signIn = await signedInFor('email Mail.Read', 'Mail.Read openid profile email');

  assert.deepEqual(signIn.resources, ['https://graph.microsoft.com']);
  assert.deepEqual(signIn.asked[0], ['Mail.Read', 'email', 'offline_access', 'openid', 'profile']);
  assert.deepEqual([signIn.again.source, signIn.requests.length], ['cache', 0]);
});

test('email of several resources is asked for with the first', async () => {
  const mail = 'https://outlook.office.com/SMTP.Send';
  const signIn = await signedInFor(
    `${mail} User.Read email`,
    `${mail} openid profile email`,
    'User.Read openid profile',
  );

  for (const scopes of signIn.asked) assert.equal(scopes.includes('email'), scopes.includes(mail));
  assert.ok(signIn.asked.some((scopes) => scopes.includes('User.Read')));
  assert.deepEqual([signIn.again.source, signIn.requests.length], ['cache', 0]);
});

for (const [text, scope] of [
  ['openid', 'openid profile'],
  ['openid profile email offline_access', 'openid profile email User.Read'],
] as const) {
  test(`"${text}" alone is a token of one resource, and the next run is silent`, async () => {
    const signIn = await signedInFor(text, scope);

    assert.deepEqual(signIn.resources, ['https://graph.microsoft.com']);
    assert.deepEqual([signIn.again.source, signIn.requests.length], ['cache', 0]);
  });
}
