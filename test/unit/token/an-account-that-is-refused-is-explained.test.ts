import assert from 'node:assert/strict';
import test from 'node:test';
import { cloudAuthority } from '../../../src/entra/authority.ts';
import type { HttpResponse } from '../../../src/http/transport.ts';
import { clientInfo, deviceCode, granted, idToken, refused } from '../fakes/answers.ts';
import { explanationOf } from '../fakes/explained.ts';
import { failureOf } from '../fakes/failure.ts';
import { alice, bob, carolAtHome, contoso, type FakePerson, homeAccountId } from '../fakes/people.ts';
import { tokenRequest } from '../fakes/request.ts';
import { run } from '../fakes/signed-in.ts';
import { worldWith } from '../fakes/world.ts';

type Members = Readonly<Record<string, unknown>>;

/** What a step says to somebody who signs in and is refused. */
async function refusalOf(
  person: FakePerson,
  changes: Parameters<typeof tokenRequest>[0],
  members: Members = {},
) {
  const world = worldWith({ deviceCode: [deviceCode()], token: [granted(person, { members })] });
  return explanationOf(await failureOf(run(world, [], tokenRequest(changes)), 'wrong-account'));
}

const through = (tenant: string) => ({ authority: cloudAuthority('public', tenant) });
const withoutName = { id_token: undefined };

test('a personal account that signs in through "organizations" is told to use "consumers"', async () => {
  const { why, fix } = await refusalOf(carolAtHome, through('organizations'));

  assert.match(why, /a personal account/);
  assert.match(fix, /set tenant-id to "consumers"/);
});

test('a work account that signs in through "consumers" is told to use its own tenant', async () => {
  const { why, fix } = await refusalOf(alice, through('consumers'), withoutName);

  assert.match(why, /a work or school account/);
  assert.match(fix, /set tenant-id to the tenant of the account/);
});

test('an account whose id is none of Entra is refused at Entra', async () => {
  const members = { ...withoutName, client_info: clientInfo({ ...alice, oid: 'alice' }) };
  const { why, fix } = await refusalOf(alice, through('organizations'), members);

  assert.match(why, /a server other than Microsoft Entra/);
  assert.match(fix, /another account/);
});

test('a personal account that signs in through "common" is told why that does not work', async () => {
  assert.match((await refusalOf(carolAtHome, through('common'))).why, /refresh/);
});

test('somebody else is refused with the account that is accepted, and is named where members alone read the log', async () => {
  const account = alice.username;
  const named = await refusalOf(bob, { account });
  const unnamed = await refusalOf(bob, { account, mayNamePeople: false });

  for (const { why } of [named, unnamed])
    assert.match(why, /^only alice@contoso\.example is accepted, and .*\w.* signed in\.$/);
  assert.ok(named.why.includes(`${bob.username} (${homeAccountId(bob)})`));
  assert.doesNotMatch(unnamed.why, /bob/);
});

test('somebody whose name the server does not say is refused with the name that is accepted', async () => {
  const { what, why } = await refusalOf(alice, { account: alice.username }, withoutName);

  assert.match(what, /did not name/);
  assert.ok(why.startsWith(`only ${alice.username} is accepted, and `));
});

test('a guest who signs in under the right name is told whose name does not count', async () => {
  const guest = { ...alice, tid: '22222222-2222-4222-8222-222222222222' };
  const members = { id_token: idToken({ ...guest, tid: contoso }) };
  const { why } = await refusalOf(guest, { account: alice.username, mayNamePeople: false }, members);

  assert.ok(why.startsWith(`${alice.username} is a guest`));
});

const smtp = 'https://outlook.office.com/SMTP.Send';

/** A step in which one person enters the first code, and somebody the second. */
function withTwoCodes(first: HttpResponse, second: HttpResponse, mayNamePeople = true) {
  const world = worldWith({
    token: [first, refused('invalid_grant', 65001), second],
    deviceCode: [deviceCode(), deviceCode()],
  });
  return run(world, [], tokenRequest({ scopes: ['User.Read', smtp], mayNamePeople }));
}

/** What it says when that is another person. */
async function refusalAtSecondCode(mayNamePeople: boolean, members: Members = {}) {
  const [first, second] = [granted(alice, { members }), granted(bob, { members, scope: smtp })];
  return explanationOf(await failureOf(withTwoCodes(first, second, mayNamePeople), 'wrong-account'));
}

test('at a second code the person of the first one is accepted', async () => {
  const { tokens } = await withTwoCodes(granted(alice), granted(alice, { scope: smtp }));

  assert.equal(tokens.length, 2);
});

test('at a second code both people are named, and the first one is asked for', async () => {
  const { why, fix } = await refusalAtSecondCode(true);

  assert.ok(why.includes(`${alice.username}'s, and ${bob.username} (${homeAccountId(bob)})`));
  assert.match(fix, /let alice@contoso\.example enter/);
});

test('at a second code people without a name are told of by account id, and as the same person', async () => {
  const { why, fix } = await refusalAtSecondCode(true, withoutName);

  assert.ok(why.includes(`and the account ${homeAccountId(bob)} entered`));
  assert.match(fix, /let the same person enter/);
});

test('at a second code nobody is named where others can read the log', async () => {
  const { why, fix } = await refusalAtSecondCode(false);

  assert.match(why, /person's, and .* the second code\.$/);
  assert.match(fix, /let the same person enter/);
});
