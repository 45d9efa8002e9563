import fc from 'fast-check';
import { idToken } from '../unit/fakes/answers.ts';
import { alice, bob, homeAccountId } from '../unit/fakes/people.ts';
import { clientId } from '../unit/fakes/request.ts';

/** A word that every value of a cache may hold, and no message. */
export const planted = 'PLANTED-SECRET-WORD';

const anything = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom(planted, '', '__proto__', 'constructor', 'toString', -1, 1e308, null),
);

const mostly = (...values: readonly unknown[]): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...values) }, { weight: 1, arbitrary: anything });

const homeAccount = mostly(homeAccountId(alice), homeAccountId(bob), 'no-dot', `${planted}.${planted}`);

const entity = fc.record(
  {
    home_account_id: homeAccount,
    environment: mostly('login.windows.net', 'login.microsoftonline.com', 'evil.example'),
    client_id: mostly(clientId, clientId.toUpperCase(), 'other'),
    credential_type: mostly('AccessToken', 'IdToken', 'RefreshToken', 'AccessToken_With_AuthScheme'),
    realm: mostly(alice.tid, bob.tid, ''),
    local_account_id: mostly(alice.oid, bob.oid, ''),
    username: mostly(alice.username, bob.username, planted),
    authority_type: mostly('MSSTS', 'ADFS', 'MSA', 'Generic'),
    secret: mostly(
      planted,
      idToken(alice),
      idToken(bob),
      `eyJ.${planted}.x`,
      'e30.e30.e30',
      'e30.bnVsbA.e30',
    ),
    target: mostly('User.Read openid profile offline_access', '', planted),
    cached_at: mostly('1700000000', '4000000000', 'soon', 1_700_000_000),
    expires_on: mostly('4000000000', '1700003600', 'never', 4_000_000_000),
    extended_expires_on: mostly('4000000000', 'never'),
    refresh_on: mostly('1700000000', 'never'),
    token_type: mostly('Bearer', 'pop', 'ssh-cert', 'BEARER'),
    last_modification_time: mostly('1700000000', 'never', 7),
    family_id: mostly('1', ''),
    tenantProfiles: mostly(
      undefined,
      [],
      ['{}'],
      [JSON.stringify({ tenantId: alice.tid, localAccountId: alice.oid, isHomeTenant: true })],
      [planted],
      [null],
      ['null'],
    ),
    keyId: anything,
    requestedClaims: anything,
    requestedClaimsHash: anything,
    userAssertionHash: anything,
  },
  { requiredKeys: ['home_account_id', 'environment', 'client_id', 'secret', 'username'] },
);

const entityKey = fc.oneof(
  fc.string(),
  fc.constantFrom(
    planted,
    '__proto__',
    'constructor',
    'a',
    'b',
    `${homeAccountId(alice)}-login.windows.net-${alice.tid}`,
  ),
);

const section = fc.oneof(
  { weight: 6, arbitrary: fc.array(fc.tuple(entityKey, entity), { maxLength: 3 }).map(ownMembers) },
  { weight: 1, arbitrary: fc.dictionary(entityKey, anything, { maxKeys: 2 }) },
  { weight: 1, arbitrary: anything },
);

const names = [
  'Account',
  'IdToken',
  'AccessToken',
  'RefreshToken',
  'AppMetadata',
  'Unknown',
  '__proto__',
] as const;

const nearlyCache = fc
  .uniqueArray(fc.tuple(fc.constantFrom(...names), section), { selector: ([name]) => name, maxLength: 6 })
  .map(ownMembers);

/** The JSON text of something that looks like a serialized cache, more or less. */
export const serializedCache: fc.Arbitrary<string> = fc
  .oneof({ weight: 6, arbitrary: nearlyCache }, { weight: 1, arbitrary: anything })
  .map((value) => JSON.stringify(value));

/** As JSON.parse makes them: `__proto__` is a member like any other. */
function ownMembers(entries: readonly (readonly [string, unknown])[]): Record<string, unknown> {
  return Object.fromEntries(entries);
}
