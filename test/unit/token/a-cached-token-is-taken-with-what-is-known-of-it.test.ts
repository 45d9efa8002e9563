import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { minutes } from '../../../src/clock.ts';
import { cloudAuthority, customAuthority } from '../../../src/entra/authority.ts';
import { granted } from '../fakes/answers.ts';
import { alice, contoso, homeAccountId } from '../fakes/people.ts';
import { tokenRequest } from '../fakes/request.ts';
import { validValue } from '../fakes/result.ts';
import { run, signedIn } from '../fakes/signed-in.ts';
import { storedTokens } from '../fakes/stored-tokens.ts';
import { worldWith } from '../fakes/world.ts';

const tenant = 'abcdef01-1111-4111-8111-111111111111';
const adfs = validValue(customAuthority('https://login.fabrikam.example/adfs'));

test('a cached token is masked before it is used', async () => {
  const world = worldWith({});

  const { token } = await run(world, [storedTokens(alice, { tokens: [{ realm: contoso }] })]);

  assert.ok(world.masked.includes(token));
});

test('the tenant of a cached token is output in lower case, however the cache spells it', async () => {
  const person = { ...alice, tid: tenant };
  const stored = storedTokens(person, { tokens: [{ realm: tenant.toUpperCase() }] });
  const request = tokenRequest({ authority: cloudAuthority('public', 'organizations') });

  assert.equal((await run(worldWith({}), [stored], request)).account.tenantId, tenant);
});

for (const [what, details, expected] of [
  ['is the one that the authority named', { tenant }, tenant],
  ['is empty where the authority named none', {}, ''],
] as const) {
  test(`outside Entra’s clouds the tenant of a cached token ${what}`, async () => {
    const stored = storedTokens(alice, {
      environment: adfs.cacheHost,
      id: 'Sub',
      tokens: [{ realm: 'adfs' }],
      details,
    });

    const { account } = await run(worldWith({}), [stored], tokenRequest({ authority: adfs }));

    assert.equal(account.tenantId, expected);
  });
}

test('a name that is accepted for a cached token is pinned to its account, as after a refresh', async () => {
  const stored = storedTokens(alice, { tokens: [{ realm: contoso }] });
  const request = tokenRequest({ account: alice.username });

  const { details, source } = await run(worldWith({}), [stored], request);

  assert.deepEqual([source, details.pinned], ['cache', { name: alice.username, id: homeAccountId(alice) }]);
});

test('a token that is valid for exactly the minimum lifetime lasts long enough, cached or new', async () => {
  mock.timers.enable({ apis: ['Date'], now: Date.UTC(2026, 10, 20) });
  try {
    const request = tokenRequest({ minimumLifetime: minutes(60) });
    const cached = await run(worldWith({}), [await signedIn(alice, { expiresIn: 3600 })], request);
    const world = worldWith({ token: [granted(alice, { expiresIn: 3600 })] });
    const renewed = await run(world, [await signedIn(alice, { expiresIn: 1800 })], request);

    assert.deepEqual([cached.source, renewed.source, world.warnings], ['cache', 'refresh', []]);
  } finally {
    mock.timers.reset();
  }
});
