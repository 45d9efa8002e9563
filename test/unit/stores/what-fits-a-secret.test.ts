import assert from 'node:assert/strict';
import test from 'node:test';
import { parseMsalCache } from '../../../src/msal-cache/msal-cache.ts';
import { readTokenCacheInput } from '../../../src/sealing/token-cache-input.ts';
import { ActionsSecretStore } from '../../../src/stores/actions-secret/actions-secret-store.ts';
import { secretText } from '../../../src/stores/actions-secret/secret-text.ts';
import { FakeClock } from '../fakes/clock.ts';
import { alice, bob, homeAccountId } from '../fakes/people.ts';
import { keyOf, recordContext } from '../fakes/record-context.ts';
import { clientId } from '../fakes/request.ts';
import { smallCacheText } from '../fakes/small-cache.ts';

/** A sign-in of Alice's with tokens of these lengths. */
function signIn(lengths: { access?: number; id?: number; refresh?: number }, other = '{}') {
  const cache = JSON.parse(smallCacheText(alice, 'r'.repeat(lengths.refresh ?? 100)));
  const common = {
    home_account_id: homeAccountId(alice),
    environment: 'login.windows.net',
    client_id: clientId,
  };
  const payload = Buffer.from(JSON.stringify({ filler: 'i'.repeat(lengths.id ?? 10) })).toString('base64url');
  cache.IdToken = { id: { ...common, secret: `e30.${payload}.c2ln` } };
  const times = { cached_at: '1', expires_on: '2', extended_expires_on: '2' };
  cache.AccessToken = {
    access: { ...common, ...times, target: 'User.Read', secret: 'a'.repeat(lengths.access ?? 100) },
  };
  for (const [section, entities] of Object.entries(JSON.parse(other)))
    Object.assign(cache[section], entities);
  return {
    cache: JSON.stringify(cache),
    homeAccountId: homeAccountId(alice),
    refreshedAt: 1000,
    details: {},
    isNewSignIn: false,
  };
}

const plain = recordContext();
const sections = (text: string) => {
  const { AccessToken, IdToken, RefreshToken, Account } = parseMsalCache(text);
  return [AccessToken, IdToken, RefreshToken, Account].map((section) => Object.keys(section).length);
};

test('What fits is stored whole: without a key as JSON in one line, with a key sealed', async () => {
  const text = await secretText(signIn({}), plain, 0);
  assert.deepEqual(sections(text), [1, 1, 1, 1]);
  assert.doesNotMatch(text, /\s[{}]|\n/);

  const context = recordContext(keyOf(1), keyOf(2));
  const input = await readTokenCacheInput(await secretText(signIn({}), context, 0), context);
  assert.ok(input.kind === 'record');
  assert.deepEqual([input.record.keyId, input.record.refreshedAt], [keyOf(1).id, 1000]);
});

test('Access tokens go first, then id tokens; the refresh token and the account stay', async () => {
  assert.deepEqual(sections(await secretText(signIn({ access: 40_000 }), plain, 0)), [0, 1, 1, 1]);
  assert.deepEqual(sections(await secretText(signIn({ id: 40_000 }), plain, 0)), [0, 0, 1, 1]);
});

test('What discovery said goes before any token; what else is known of the sign-in stays', async () => {
  const context = recordContext(keyOf(1));
  const discovery = { fetchedAt: 1, document: { filler: 'd'.repeat(40_000) } };
  const toSave = { ...signIn({}), details: { signedInAt: 7, tenant: 't', discovery } };

  const input = await readTokenCacheInput(await secretText(toSave, context, 0), context);

  assert.ok(input.kind === 'record');
  assert.deepEqual(input.record.details, { signedInAt: 7, tenant: 't' });
  assert.deepEqual(sections(JSON.stringify(input.record.cache)), [1, 1, 1, 1]);
});

test('Nothing of another account is in it', async () => {
  const text = await secretText(signIn({}, smallCacheText(bob, 'of Bob')), plain, 0);

  assert.deepEqual(sections(text), [1, 1, 1, 1]);
  assert.doesNotMatch(text, /of Bob/);
});

/** Saves to a secret at a GitHub that takes everything. */
async function save(toSave: ReturnType<typeof signIn>) {
  const methods: string[] = [];
  const network = {
    clock: new FakeClock(),
    random: Math.random,
    transport: async ({ method }: { readonly method: string }) => {
      methods.push(method);
      const body = JSON.stringify({ key_id: '1', key: Buffer.alloc(32, 9).toString('base64') });
      return { status: method === 'GET' ? 200 : 201, headers: {}, body };
    },
  };
  const access = {
    apiUrl: 'https://api.github.example',
    repository: 'o/r',
    environment: '',
    token: 'token',
  };
  const options = { name: 'ENTRA_TOKEN_CACHE', access, text: '', context: plain, network };
  const store = new ActionsSecretStore(options);
  return { outcome: await store.save(toSave, new AbortController().signal), methods };
}

test('What fits a secret and no input on Windows is saved, and a remark says where it cannot be used', async () => {
  const { outcome } = await save(signIn({ refresh: 40_000 }));

  assert.ok(outcome.kind === 'saved');
  assert.match(outcome.remark ?? '', /takes \d{5} characters.*Windows/);
  assert.deepEqual((await save(signIn({}))).outcome, { kind: 'saved', remark: undefined });
});

test('What does not fit a secret is not sent, and the reason says how much it is', async () => {
  const { outcome, methods } = await save(signIn({ refresh: 50_000 }));

  assert.ok(outcome.kind === 'failed');
  assert.match(outcome.reason, /has 50 KB even without access tokens and id tokens.*holds 48 KB/);
  assert.deepEqual(methods, []);
});
