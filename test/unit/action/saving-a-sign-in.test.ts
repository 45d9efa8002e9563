import assert from 'node:assert/strict';
import { afterEach, beforeEach, mock, test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { saveSignIn } from '../../../src/action/save-sign-in.ts';
import { seconds } from '../../../src/clock.ts';
import { Cancelled } from '../../../src/failure.ts';
import type { SaveOutcome, WritableStore } from '../../../src/stores/sign-in-store.ts';
import { plain } from '../../../src/text/plain-text.ts';
import type { AccessTokens, Source } from '../../../src/token/access-tokens.ts';
import { FakeClock } from '../fakes/clock.ts';
import { alice, bob, homeAccountId } from '../fakes/people.ts';
import { smallCacheText } from '../fakes/small-cache.ts';

const never = new Promise<never>(() => undefined);
const saves = async (): Promise<SaveOutcome> => ({ kind: 'saved' });

let warnings: string[];
let written: string[];

beforeEach(() => {
  warnings = [];
  written = [];
  mock.timers.enable({ apis: ['setTimeout'] });
});
afterEach(() => mock.timers.reset());

function storeThat(save: () => Promise<SaveOutcome>, name = 'secret'): WritableStore {
  return {
    name,
    title: name === 'secret' ? plain`the secret S` : plain`the workflow cache`,
    isPerBranch: false,
    restore: async () => ({ kind: 'restored', signIns: [] }),
    save: ({ cache }) => {
      written.push(cache);
      return save();
    },
  };
}

function signIn(cache: string, source: Source = 'refresh', person = alice): AccessTokens {
  const expiresOn = new Date();
  const token = { resource: 'r', token: 't', expiresOn, scopes: [], source };
  return {
    tokens: [token],
    expiresOn,
    scopes: [],
    source,
    account: { username: person.username, homeAccountId: homeAccountId(person), tenantId: person.tid },
    cache,
    details: {},
    candidate: undefined,
  };
}

async function save(
  stores: readonly WritableStore[],
  toSave: AccessTokens,
  deadline = new AbortController().signal,
): Promise<readonly string[]> {
  const log = { warning: (line: string) => void warnings.push(line) };
  const step = { deadline, clock: new FakeClock(), log };
  const saved = await saveSignIn({ signIn: toSave, isPartial: false }, stores, step);
  return saved.stores.map(({ name }) => name);
}

for (const [source, limit] of [
  ['refresh', 20],
  ['sign-in', 100],
] as const) {
  test(`a store that never comes to an end is left after ${limit} s where the token is of a ${source}`, async () => {
    const stores = [storeThat(() => never), storeThat(saves, 'workflow-cache')];
    const saving = save(stores, signIn(smallCacheText(alice), source));
    await turn();
    mock.timers.tick(seconds(limit) - 1);
    assert.deepEqual(warnings, []);
    mock.timers.tick(1);
    assert.deepEqual(await saving, ['workflow-cache']);
    assert.deepEqual(warnings, [
      `The sign-in could not be saved to the secret S: it did not end within ${limit} s. It is still saved in the workflow cache.`,
    ]);
  });
}

test('a store that hangs is left when a cancelled run has no time left, and may say why before', async () => {
  const deadline = new AbortController();
  const knows = Promise.withResolvers<SaveOutcome>();
  const stores = [storeThat(() => never), storeThat(() => knows.promise, 'workflow-cache')];
  const saving = save(stores, signIn(smallCacheText(alice), 'sign-in'), deadline.signal);
  deadline.abort(new Cancelled());
  knows.resolve({ kind: 'failed', reason: plain`its own reason` });
  await turn();
  mock.timers.tick(seconds(1));
  assert.deepEqual(await saving, []);
  assert.match(warnings[0] ?? '', /the secret S: the run was cancelled.* The next run will ask/);
  assert.match(warnings[1] ?? '', /the workflow cache: its own reason\./);
});

for (const [how, thrown] of [
  ['throws', () => assert.fail('a token')],
  ['rejects', () => Promise.reject(new Error('a token'))],
] as const) {
  test(`a store that ${how} is a warning that quotes nothing, and stops no other`, async () => {
    const stores = [storeThat(thrown), storeThat(saves, 'workflow-cache')];
    assert.deepEqual(await save(stores, signIn(smallCacheText(alice))), ['workflow-cache']);
    assert.equal(warnings.length, 1);
    assert.match(warnings[0] ?? '', /an unexpected error/);
    assert.doesNotMatch(warnings[0] ?? '', /a token/);
  });
}

const empty = JSON.stringify({
  Account: {},
  IdToken: {},
  AccessToken: {},
  RefreshToken: {},
  AppMetadata: {},
});
const withoutAccount = JSON.stringify({ ...JSON.parse(smallCacheText(alice)), Account: {} });

for (const [what, held] of [
  ['an empty cache', signIn(empty)],
  ['the sign-in of somebody else', signIn(smallCacheText(bob))],
  ['a refresh token without an account', signIn(withoutAccount)],
  ['a sign-in that was won, of somebody else', signIn(smallCacheText(bob), 'sign-in')],
  ['an empty refresh token', signIn(smallCacheText(alice, ' '))],
  ['what is no cache', signIn('not JSON, but a token')],
  ['what is no cache after a sign-in', signIn('{"RefreshToken":{"a":1}}', 'sign-in')],
] as const) {
  test(`${what} is written to no store, and the log says so`, async () => {
    assert.deepEqual(await save([storeThat(saves)], held), []);
    assert.deepEqual(written, []);
    assert.equal(warnings.length, 1);
    assert.match(warnings[0] ?? '', /^The sign-in was not saved: .* What was stored before is unchanged\./);
    assert.doesNotMatch(warnings[0] ?? '', /a token|contoso/);
  });
}

test('a new sign-in without any refresh token is written to no store, and reported once', async () => {
  const held = JSON.stringify({ ...JSON.parse(smallCacheText(alice)), RefreshToken: {} });
  assert.deepEqual(await save([storeThat(saves)], signIn(held, 'sign-in')), []);
  assert.deepEqual(written, []);
  assert.equal(warnings.length, 1);
  assert.match(warnings[0] ?? '', /offline_access/);
});

test('where nothing would be written, the log is silent about what is not', async () => {
  await save([], signIn(empty));
  assert.deepEqual(warnings, []);
});
