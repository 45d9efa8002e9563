import assert from 'node:assert/strict';
import test from 'node:test';
import { type CloudName, cloudAuthority } from '../../../src/token/authority.ts';
import { groupByResource, parseScopes, resourceOf, scopeProblems } from '../../../src/token/scopes.ts';

const outlook = 'https://outlook.office.com';
const inCloud = (cloud: CloudName) => cloudAuthority(cloud, 'organizations');
const groupsOf = (text: string, cloud: CloudName = 'public') =>
  groupByResource(parseScopes(text), inCloud(cloud)).map(({ resource, scopes }) => [resource, ...scopes]);
const problemsOf = (text: string, cloud: CloudName = 'public') =>
  scopeProblems(parseScopes(text), inCloud(cloud)).join('; ');

test('scopes are separated by white space or commas; doubles and what MSAL adds are dropped', () => {
  const scopes = parseScopes(' User.Read,Mail.Read\n\tuser.read , OPENID profile offline_access ');

  assert.deepEqual(scopes, ['User.Read', 'Mail.Read']);
});

for (const [scope, resource] of [
  ['User.Read', 'https://graph.microsoft.com'],
  ['https://graph.microsoft.com/User.Read', 'https://graph.microsoft.com'],
  [`${outlook}/SMTP.Send`, outlook],
  ['api://c11e/access/read', 'api://c11e/access'],
  ['https://vault.azure.net//.default', 'https://vault.azure.net/'],
] as const) {
  test(`the resource of ${scope} is ${resource}`, () => {
    assert.equal(resourceOf(scope), resource);
  });
}

for (const text of [
  'User.Read Mail.Read https://graph.microsoft.com/Notes.Read',
  `${outlook}/IMAP.AccessAsUser.All ${outlook}/SMTP.Send`,
  '.default',
  `${outlook}/.default`,
  'api://c11e/read',
  `User.Read ${outlook}/SMTP.Send`,
  `.default ${outlook}/.default`,
  'https://outlook.office365.com/IMAP.AccessAsUser.All',
  'api://c11e/SMTP.Send',
]) {
  test(`nothing is wrong with ${text}`, () => {
    assert.equal(problemsOf(text), '');
  });
}

for (const [text, problem] of [
  ['', /names no permission; give at least one/],
  ['openid', /names no permission/],
  ['IMAP.AccessAsUser.All', /write "https:\/\/outlook\.office\.com\/IMAP\.AccessAsUser\.All"/],
  ['https://graph.microsoft.com/pop.accessasuser.all', /write "https:\/\/outlook\.office\.com\/pop\./],
  ['smtp.send', /write "https:\/\/outlook\.office\.com\/smtp\.send"/],
  ['.default User.Read', /"\.default" cannot stand beside named scopes/],
  [`${outlook}/.default ${outlook}/SMTP.Send`, /cannot stand beside named scopes/],
  [`User.Read ${outlook}//.default ${outlook.toUpperCase()}/SMTP.Send`, /cannot stand beside named scopes/],
  ['https://graph.microsoft.com/.default Mail.Read', /cannot stand beside named scopes/],
  [
    'https://partner.outlook.cn/SMTP.Send',
    /of another cloud; write "https:\/\/outlook\.office\.com\/SMTP\.Send"/,
  ],
  ['User.Read"', /character that no scope may have/],
  ['Mail\\Read', /character that no scope may have/],
  ['Benutzer.Lösen', /character that no scope may have/],
  [`${outlook}/`, /character that no scope may have/],
] as const) {
  test(`"${text}" is caught before any request`, () => {
    assert.match(problemsOf(text), problem);
  });
}

for (const [cloud, mail] of [
  ['usgovernment', 'https://outlook.office365.us'],
  ['china', 'https://partner.outlook.cn'],
] as const) {
  test(`in the ${cloud} cloud mail scopes are of ${mail}`, () => {
    assert.equal(problemsOf(`${mail}/SMTP.Send`, cloud), '');
    for (const wrong of ['SMTP.Send', `${outlook}/SMTP.Send`, `${inCloud(cloud).graph}/SMTP.Send`])
      assert.ok(problemsOf(wrong, cloud).includes(`write "${mail}/SMTP.Send"`), wrong);
  });
}

test('scopes are grouped by resource, in the order in which each resource is named first', () => {
  assert.deepEqual(
    groupsOf(`${outlook}/SMTP.Send User.Read api://c11e/read ${outlook}/IMAP.AccessAsUser.All`),
    [
      [outlook, `${outlook}/SMTP.Send`, `${outlook}/IMAP.AccessAsUser.All`],
      ['https://graph.microsoft.com', 'User.Read'],
      ['api://c11e', 'api://c11e/read'],
    ],
  );
});

for (const [text, group] of [
  [
    'User.Read https://graph.microsoft.com/Mail.Read HTTPS://Graph.Microsoft.com/user.read',
    ['https://graph.microsoft.com', 'User.Read', 'Mail.Read'],
  ],
  [
    'https://graph.microsoft.com/Mail.Read User.Read',
    [
      'https://graph.microsoft.com',
      'https://graph.microsoft.com/Mail.Read',
      'https://graph.microsoft.com/User.Read',
    ],
  ],
  [
    'https://vault.azure.net//read https://Vault.azure.net/write',
    ['https://vault.azure.net/', 'https://vault.azure.net//read', 'https://vault.azure.net//write'],
  ],
] as const) {
  test(`spellings of one resource are one group, written as the first: ${text}`, () => {
    assert.deepEqual(groupsOf(text), [group]);
  });
}

test('Graph of another cloud and unprefixed scopes are one group there', () => {
  assert.deepEqual(groupsOf('User.Read https://graph.microsoft.us/Mail.Read', 'usgovernment'), [
    ['https://graph.microsoft.com', 'User.Read', 'Mail.Read'],
  ]);
});
