import assert from 'node:assert/strict';
import test from 'node:test';
import { type Authority, cloudAuthority, customAuthority } from '../../../src/entra/authority.ts';
import { accountOfRefresh, accountOfSignIn } from '../../../src/entra/response-account.ts';
import type { ClientInfo, IdTokenClaims, NamedAccount, Readable } from '../../../src/entra/token-response.ts';
import type { ErrorCode, Failure } from '../../../src/failure.ts';
import { explanationOf } from '../fakes/explained.ts';
import { failureOf } from '../fakes/failure.ts';
import { validValue } from '../fakes/result.ts';

const home = 'abcdef01-1111-4111-8111-111111111111';
const elsewhere = 'fedcba02-2222-4222-8222-222222222222';
const uid = 'aaaaaaaa-0000-4000-8000-00000000000a';
const otherId = 'bbbbbbbb-0000-4000-8000-00000000000b';

const account = { homeAccountId: `${uid}.${home}`, username: 'alice@contoso.example' };
const clientInfo = { uid, utid: home };
const claims: IdTokenClaims = { sub: 'sub at home', oid: uid, tid: home, username: 'alice@contoso.example' };
const organizations = cloudAuthority('public', 'organizations');
const other = validValue(customAuthority('https://login.fabrikam.example/contoso'));

/** What a response names, in short: a value, or in a word why it names none. */
interface Names {
  readonly clientInfo: ClientInfo | 'absent' | 'unreadable';
  readonly idToken: IdTokenClaims | 'absent' | 'unreadable';
}

function readable<T extends object>(member: T | 'absent' | 'unreadable'): Readable<T> {
  return typeof member === 'string' ? { kind: member } : { kind: 'value', value: member };
}

const namesIn = ({ clientInfo, idToken }: Names): NamedAccount => ({
  clientInfo: readable(clientInfo),
  idToken: readable(idToken),
});

/** The account of a refresh; the stored ID tokens are those of several tenants, in the order of the cache. */
function refreshed(response: Names, authority: Authority = organizations, asked = account) {
  const stored = [{ tid: home }, { tid: elsewhere, sub: 'sub elsewhere' }, { tid: home, sub: 'sub at home' }];
  return accountOfRefresh(namesIn(response), { asked, stored: authority.wellKnown ? stored : [] }, authority);
}

const refused = (work: () => unknown, code: ErrorCode): Promise<Failure> =>
  failureOf((async () => work())(), code);

test('the sub is compared with the stored one of the same tenant, whatever else is stored', async () => {
  assert.equal(refreshed({ clientInfo, idToken: claims }).homeAccountId, account.homeAccountId);
  const idToken = { ...claims, sub: 'sub elsewhere' };
  await refused(() => refreshed({ clientInfo, idToken }), 'wrong-account');
});

test('the object id is compared at home, without case, and the tenant is returned in lower case', async () => {
  const idToken = { ...claims, tid: home.toUpperCase() };
  const asked = { ...account, homeAccountId: account.homeAccountId.toUpperCase() };

  for (const its of [account, asked]) {
    assert.equal(refreshed({ clientInfo, idToken }, organizations, its).tenant, home);
    const somebodyElse = { clientInfo, idToken: { ...idToken, oid: otherId } };
    await refused(() => refreshed(somebodyElse, organizations, its), 'wrong-account');
  }
});

test('a guest has another object id in the tenant that is visited, and is the same account', () => {
  const idToken = { sub: 'sub elsewhere', oid: otherId, tid: elsewhere };
  const { homeAccountId, tenant } = refreshed({ clientInfo, idToken }, cloudAuthority('public', elsewhere));

  assert.deepEqual([homeAccountId, tenant], [account.homeAccountId, elsewhere]);
});

test('outside Entra’s clouds an account whose id is its sub stays that account when client_info comes too', () => {
  const asked = { homeAccountId: 'Sub/+=', username: '' };

  assert.equal(refreshed({ clientInfo, idToken: { sub: 'Sub/+=' } }, other, asked).homeAccountId, 'Sub/+=');
});

for (const [what, response] of [
  ['an ID token that cannot be read', { clientInfo, idToken: 'unreadable' }],
  ['a client_info that cannot be read', { clientInfo: 'unreadable', idToken: claims }],
  ['an ID token without a tenant', { clientInfo, idToken: { sub: 'sub at home', oid: uid } }],
  ['an ID token and no client_info', { clientInfo: 'absent', idToken: claims }],
  ['two people in it', { clientInfo: { uid: otherId, utid: home }, idToken: claims }],
] as const) {
  test(`a sign-in at Entra with ${what} is not clear, and that is said`, async () => {
    const failure = await refused(() => accountOfSignIn(namesIn(response), organizations), 'entra-refused');

    assert.match(explanationOf(failure).what, /clearly/);
  });
}

test('outside Entra’s clouds a sign-in without a tenant is clear', () => {
  const response: Names = { clientInfo: 'absent', idToken: { sub: 'Sub/+=' } };

  assert.deepEqual(accountOfSignIn(namesIn(response), other), {
    homeAccountId: 'Sub/+=',
    username: '',
    tenant: undefined,
  });
});

test('a response of another account, of another tenant, or of nobody has a message of its own', async () => {
  const ofOther = { clientInfo: { uid: otherId, utid: home }, idToken: 'absent' } as const;
  const another = explanationOf(await refused(() => refreshed(ofOther), 'wrong-account'));
  assert.match(another.what, /another account/);

  const visited = cloudAuthority('public', elsewhere);
  const tenant = await refused(() => refreshed({ clientInfo, idToken: claims }, visited), 'entra-refused');
  assert.match(explanationOf(tenant).what, /another tenant/);
  assert.ok(tenant.explanation.why.includes(elsewhere));

  const silent = { clientInfo: 'absent', idToken: 'absent' } as const;
  const nobody = await refused(() => accountOfSignIn(namesIn(silent), organizations), 'entra-refused');
  assert.match(explanationOf(nobody).what, /who signed in/);
});
