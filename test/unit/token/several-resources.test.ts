import assert from 'node:assert/strict';
import test from 'node:test';
import { Failure } from '../../../src/failure.ts';
import { TransportError } from '../../../src/http/transport.ts';
import { deviceCode, granted, refused, revoked } from '../fakes/answers.ts';
import { always } from '../fakes/entra.ts';
import { failureOf } from '../fakes/failure.ts';
import { alice, bob } from '../fakes/people.ts';
import { tokenRequest } from '../fakes/request.ts';
import { run, signedIn, together } from '../fakes/signed-in.ts';
import { worldWith } from '../fakes/world.ts';

const smtp = 'https://outlook.office.com/SMTP.Send';
const graphAndMail = tokenRequest({ scopes: ['User.Read', smtp] });
const graph = granted(alice, { accessToken: 'for Graph', refreshToken: 'second' });
const mail = granted(alice, { accessToken: 'for mail', scope: smtp, refreshToken: 'third' });
const noConsent = refused('invalid_grant', 65001);
const refusal = new Failure('sign-in-needed', { what: 'Nobody is there.', why: '', fix: '' });

test('each silent request sends the refresh token that the one before it brought', async () => {
  const stored = await signedIn(alice, { expiresIn: 60, refreshToken: 'first' });
  const world = worldWith({ token: [graph, mail] });

  const { tokens, source, cache } = await run(world, [stored], graphAndMail);

  assert.deepEqual(
    world.entra.requests.map(({ form }) => form['refresh_token']),
    ['first', 'second'],
  );
  assert.deepEqual(
    tokens.map(({ resource, token }) => [resource, token]),
    [
      ['https://graph.microsoft.com', 'for Graph'],
      ['https://outlook.office.com', 'for mail'],
    ],
  );
  assert.equal(source, 'refresh');
  assert.ok(['for Graph', 'for mail', 'third'].every((kept) => cache.includes(`"${kept}"`)));
  assert.ok(!cache.includes('"second"'), 'a refresh token that was replaced');
});

test('of a cached and a refreshed token the source is "refresh", and the earliest end counts', async () => {
  const stored = await signedIn(alice, { expiresIn: 3600 });
  const world = worldWith({ token: [granted(alice, { scope: smtp, expiresIn: 1800 })] });

  const { tokens, source, expiresOn } = await run(world, [stored], graphAndMail);

  assert.deepEqual(
    tokens.map((token) => token.source),
    ['cache', 'refresh'],
  );
  assert.equal(source, 'refresh');
  assert.equal(expiresOn.getTime(), tokens[1]?.expiresOn.getTime());
});

test('a sign-in whose first token is cached, and which Entra refuses at the second, does not hide one that works', async () => {
  const dying = await signedIn(alice);
  const live = await signedIn(alice, { expiresIn: 60, origin: 'token-cache' });
  const world = worldWith({ token: [revoked, graph, mail] });

  const { tokens, candidate } = await run(world, [dying, live], graphAndMail);

  assert.equal(candidate, live);
  assert.deepEqual(
    tokens.map(({ token }) => token),
    ['for Graph', 'for mail'],
  );
  assert.match(world.infos.join('\n'), /from the workflow cache is ignored/);
});

test('a sign-in that has just given a token is not ignored: it needs a person for the other resource, with the claims demanded', async () => {
  const stored = await signedIn(alice, { expiresIn: 60 });
  const claims = '{"access_token":{"acrs":{"essential":true,"value":"c1"}}}';
  const stepUp = refused('interaction_required', 50076, { claims });
  const world = worldWith({ token: [graph, stepUp, mail], deviceCode: [deviceCode()] });

  const { tokens, source } = await run(world, [stored], graphAndMail);

  assert.deepEqual([tokens.length, source], [2, 'sign-in']);
  assert.doesNotMatch(world.infos.join('\n'), /put aside/);
  assert.match(world.asked[0] ?? '', /a new one is needed for https:\/\/outlook\.office\.com\/SMTP\.Send/);
  const [asked] = world.entra.to('devicecode');
  assert.match(asked?.form['scope'] ?? '', /^https:\/\/outlook\.office\.com\/SMTP\.Send /);
  assert.match(asked?.form['claims'] ?? '', /acrs/);
});

test('a second code is for what lacks consent alone, and what came before stays in the cache', async () => {
  const world = worldWith({ token: [graph, noConsent, mail], deviceCode: [deviceCode(), deviceCode()] });

  const { tokens, cache } = await run(world, [], graphAndMail);

  assert.deepEqual(
    tokens.map(({ token, source }) => [token, source]),
    [
      ['for Graph', 'sign-in'],
      ['for mail', 'sign-in'],
    ],
  );
  assert.ok(['for Graph', 'for mail', 'third'].every((kept) => cache.includes(`"${kept}"`)));
  assert.ok(!cache.includes('"second"'), 'a refresh token that was replaced');
});

test('the tokens stand in the order of their resources, whatever came first', async () => {
  const request = tokenRequest({ scopes: ['User.Read', smtp, 'api://c11e/read'] });
  const api = granted(alice, { accessToken: 'for the API', scope: 'api://c11e/read' });
  const world = worldWith({
    token: [graph, noConsent, api, mail],
    deviceCode: [deviceCode(), deviceCode()],
  });

  const { tokens } = await run(world, [], request);

  assert.deepEqual(
    tokens.map(({ token }) => token),
    ['for Graph', 'for mail', 'for the API'],
  );
});

test('a sign-in that gives every token goes before one that lacks consent', async () => {
  const lacking = await signedIn(bob);
  const whole = await signedIn(alice, { expiresIn: 60, origin: 'token-cache' });
  const world = worldWith({ token: [noConsent, graph, mail], refusal });

  const { account } = await run(world, [lacking, whole], graphAndMail);

  assert.equal(account.username, alice.username);
});

for (const [trouble, answers, code] of [
  ['an outage', always(new TransportError('off')), 'entra-unavailable'],
  ['a lack of consent with nobody there', [noConsent], 'sign-in-needed'],
] as const) {
  test(`${trouble} at the second resource: the refresh token that the first brought is to be saved`, async () => {
    const stored = await signedIn(alice, { expiresIn: 60 });
    const world = worldWith({ token: [graph, ...answers], refusal });

    await failureOf(run(world, [stored], graphAndMail), code);

    assert.match(world.obtained.at(-1)?.cache ?? '', /"second"/);
  });
}

test('what was read from the cache alone need not be saved', async () => {
  const stored = await signedIn(alice, { request: graphAndMail, later: [mail] });
  const world = worldWith({ token: [noConsent], refusal });
  const request = tokenRequest({ scopes: [...graphAndMail.scopes, 'api://c11e/read'] });

  await failureOf(run(world, [stored], request), 'sign-in-needed');

  assert.deepEqual(world.obtained, []);
});

test('of several accounts in one cache the one that gives every token is taken', async () => {
  const both = together(await signedIn(bob), await signedIn(alice, { request: graphAndMail, later: [mail] }));
  const world = worldWith({ token: [noConsent], refusal });

  const { account, source } = await run(world, [both], graphAndMail);

  assert.deepEqual([account.username, source], [alice.username, 'cache']);
});

for (const mayNamePeople of [true, false]) {
  test(`somebody else at the second code is refused, ${mayNamePeople ? 'by' : 'without a'} name`, async () => {
    const world = worldWith({
      token: [graph, noConsent, granted(bob, { scope: smtp })],
      deviceCode: [deviceCode(), deviceCode()],
    });

    const { message } = await failureOf(run(world, [], { ...graphAndMail, mayNamePeople }), 'wrong-account');

    assert.equal(message.includes(bob.username) && message.includes(alice.username), mayNamePeople);
    assert.equal(message.includes('@'), mayNamePeople);
    assert.ok(!(world.obtained.at(-1)?.cache ?? '').includes(bob.oid));
  });
}
