import assert from 'node:assert/strict';
import test from 'node:test';
import { cloudAuthority } from '../../../src/entra/authority.ts';
import type { CloudName } from '../../../src/entra/clouds.ts';
import {
  areGraphScopes,
  areOpenIdScopes,
  groupByResource,
  isOutlook,
  parseScopes,
  resourceOf,
  scopeProblems,
} from '../../../src/entra/scopes.ts';

const outlook = 'https://outlook.office.com';
const inCloud = (cloud: CloudName) => cloudAuthority(cloud, 'organizations');
const groupsOf = (text: string, cloud: CloudName = 'public') =>
  groupByResource(parseScopes(text), inCloud(cloud)).map(({ resource, scopes }) => [resource, ...scopes]);
const problemsOf = (text: string, cloud: CloudName = 'public') =>
  scopeProblems(parseScopes(text), inCloud(cloud)).join('; ');

test('scopes are separated by white space or commas; doubles and what MSAL adds are dropped, but email is kept', () => {
  assert.deepEqual(parseScopes('EMAIL Mail.Read,Email\nOpenId'), ['email', 'Mail.Read']);
  const scopes = parseScopes(' User.Read,Mail.Read\n\tuser.read , OPENID profile offline_access ');

  assert.deepEqual(scopes, ['User.Read', 'Mail.Read']);
});

test('scopes that differ in more than their case are several', () => {
  assert.deepEqual(parseScopes('Straße STRASSE straße'), ['Straße', 'STRASSE']);
  assert.deepEqual(groupsOf('Straße STRASSE'), [['https://graph.microsoft.com', 'Straße', 'STRASSE']]);
});

for (const [scope, resource] of [
  ['User.Read', 'https://graph.microsoft.com'],
  ['https://graph.microsoft.com/User.Read', 'https://graph.microsoft.com'],
  [`${outlook}/SMTP.Send`, outlook],
  ['api://c11e/access/read', 'api://c11e/access'],
  ['https://vault.azure.net//.default', 'https://vault.azure.net/'],
  ['/User.Read', ''],
] as const) {
  test(`the resource of ${scope} is ${resource}`, () => {
    assert.equal(resourceOf(scope), resource);
  });
}

for (const text of [
  'User.Read Mail.Read https://graph.microsoft.com/Notes.Read',
  `${outlook}/IMAP.AccessAsUser.All ${outlook}/SMTP.Send`,
  'openid',
  'Email',
  'openid profile email offline_access',
  '.default email',
  '00000003-0000-0000-c000-000000000000/Mail.Read User.Read',
  '00000002-0000-0ff1-ce00-000000000000/SMTP.Send',
  'api://app/a+b api://app/(x)',
  'https://vault.azure.net//.default',
  'urn:microsoft:userinfo/openid',
  '.default',
  `${outlook}/.default`,
  'api://c11e/read',
  `User.Read ${outlook}/SMTP.Send`,
  `.default ${outlook}/.default`,
  'https://outlook.office365.com/IMAP.AccessAsUser.All',
  'api://c11e/SMTP.Send',
  'https://graph.microsoft.com/.default api://c11e/read',
  '1api://app',
]) {
  test(`nothing is wrong with ${text}`, () => {
    assert.equal(problemsOf(text), '');
  });
}

for (const [text, problem] of [
  ['', 'names no permission; give at least one delegated scope, for example "User.Read"'],
  [
    '.default User.Read',
    '".default" cannot stand beside named scopes of the same resource; give one or the other',
  ],
  ['"', 'holds a character that no scope may have (RFC 6749 section 3.3); write for example "User.Read"'],
  ['User.Read/', 'names "User.Read/", with "/" at its end; write "User.Read"'],
  [
    'graph.microsoft.com/User.Read/',
    'names "graph.microsoft.com/User.Read/", with "/" at its end; write "https://graph.microsoft.com/User.Read"',
  ],
  [
    'api://app/User.Read/',
    'names "api://app/User.Read" without a permission; write for example "api://app/User.Read/.default"',
  ],
  [
    'https://graph.microsoft.com/',
    'names "https://graph.microsoft.com" without a permission; write for example "https://graph.microsoft.com/User.Read"',
  ],
  [
    '00000002-0000-0ff1-ce00-000000000000',
    'names "00000002-0000-0ff1-ce00-000000000000" without a permission; write for example "00000002-0000-0ff1-ce00-000000000000/SMTP.Send"',
  ],
] as const) {
  test(`${JSON.stringify(text)} ${problem}`, () => {
    assert.equal(problemsOf(text), problem);
  });
}

test('a suggestion that is too long to be shown whole is not shown', () => {
  const problem = problemsOf(`https://contoso.example/${'a'.repeat(400)}/`);

  assert.ok(
    problem.endsWith('without a permission; write for example "https://outlook.office.com/SMTP.Send"'),
  );
});

test('where the cloud is not known, mail servers are not suggested', () => {
  const problemsAnywhere = (text: string) => scopeProblems(parseScopes(text), undefined).join('; ');

  assert.ok(problemsAnywhere('https://contoso.example/::x::/').endsWith('; write for example "User.Read"'));
  assert.equal(
    problemsAnywhere('graph.microsoft.com/SMTP.Send'),
    'names "graph.microsoft.com" without "https://"; write "https://graph.microsoft.com/SMTP.Send"',
  );
  assert.equal(problemsAnywhere('SMTP.Send'), '');
});

test('a request has at most 200 scopes', () => {
  const scopes = (count: number) =>
    Array.from({ length: count }, (_, index) => `api://app/${index}`).join(' ');

  assert.equal(problemsOf(scopes(200)), '');
  assert.equal(problemsOf(scopes(201)), 'holds 201 scopes; at most 200 are allowed');
});

test('scopes of Graph are told from those of other resources, and from those of OpenID Connect', () => {
  for (const [text, isGraph, isOpenId] of [
    ['User.Read https://graph.microsoft.com/Mail.Read openid', true, false],
    ['00000003-0000-0000-c000-000000000000/User.Read', true, false],
    ['openid email', true, true],
    [`${outlook}/SMTP.Send`, false, false],
    [`User.Read ${outlook}/SMTP.Send`, false, false],
  ] as const) {
    const scopes = parseScopes(text);
    assert.deepEqual(
      [areGraphScopes(scopes, inCloud('public')), areOpenIdScopes(scopes)],
      [isGraph, isOpenId],
      text,
    );
  }
  assert.ok(areOpenIdScopes(['OpenID', 'Profile']));
});

for (const [text, problem] of [
  ['', /names no permission; give at least one/],
  [' , ', /names no permission/],
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
  ['00000003-0000-0000-c000-000000000000/SMTP.Send', /not of Microsoft Graph; write "https:\/\/outlook/],
] as const) {
  test(`"${text}" is caught before any request`, () => {
    assert.match(problemsOf(text), problem);
  });
}

// Each with what to write in its place.
for (const [text, right, says] of [
  ['Mail.Read;Mail.Send', 'Mail.Read Mail.Send', 'holds ";"'],
  ['Mail.Read; Mail.Send;', 'Mail.Read Mail.Send', 'holds ";"'],
  ['openid;email', 'openid email', 'holds ";"'],
  [`User.Read;${outlook}/SMTP.Send`, `User.Read ${outlook}/SMTP.Send`, 'holds ";"'],
  ['"Mail.Read Mail.Send"', 'Mail.Read Mail.Send', 'holds a character'],
  ["'Mail.Read', 'Mail.Send'", 'Mail.Read Mail.Send', 'is not a plain list'],
  ['`Mail.Read`', 'Mail.Read', 'is not a plain list'],
  ['\u201cMail.Read\u201d', 'Mail.Read', 'holds a character'],
  ['["Mail.Read","Mail.Send"]', 'Mail.Read Mail.Send', 'holds a character'],
  ['[Mail.Read, Mail.Send]', 'Mail.Read Mail.Send', 'is not a plain list'],
  ['{Mail.Read}', 'Mail.Read', 'is not a plain list'],
  ['- Mail.Read\n- Mail.Send', 'Mail.Read Mail.Send', 'is not a plain list'],
  ['Mail.Read%20Mail.Send', 'Mail.Read Mail.Send', 'is not a plain list'],
  [
    'openid%20https%3A%2F%2Fgraph.microsoft.com%2FMail.Read',
    'openid https://graph.microsoft.com/Mail.Read',
    'is not a plain list',
  ],
  ['Mail.Read+Mail.Send+offline_access', 'Mail.Read Mail.Send offline_access', 'is not a plain list'],
  ['Mail.Read|Mail.Send', 'Mail.Read Mail.Send', 'is not a plain list'],
  ['Mail.Read\\nMail.Send', 'Mail.Read Mail.Send', 'holds a character'],
  ['https:\\\\graph.microsoft.com\\Mail.Read', 'https://graph.microsoft.com/Mail.Read', 'holds a character'],
  ['Mail.Read\u200b', 'Mail.Read', 'holds a character'],
  ['/Mail.Read', 'Mail.Read', 'has too many slashes'],
  ['/openid', 'openid', 'has too many slashes'],
  [
    'https:/graph.microsoft.com/Mail.Read',
    'https://graph.microsoft.com/Mail.Read',
    'has too many slashes, or too few',
  ],
  [
    'https:////graph.microsoft.com/Mail.Read',
    'https://graph.microsoft.com/Mail.Read',
    'has too many slashes',
  ],
  [
    'https://graph.microsoft.com///Mail.Read',
    'https://graph.microsoft.com/Mail.Read',
    'has too many slashes',
  ],
  ['api://app//x/read User.Read', 'api://app/x/read User.Read', 'has too many slashes'],
  [
    'graph.microsoft.com/Mail.Read',
    'https://graph.microsoft.com/Mail.Read',
    'names "graph.microsoft.com" without "https://"',
  ],
  [
    'http://graph.microsoft.com/Mail.Read',
    'https://graph.microsoft.com/Mail.Read',
    'names "http://graph.microsoft.com" without',
  ],
  [
    'https://graph.microsoft.com/',
    'https://graph.microsoft.com/User.Read',
    'names "https://graph.microsoft.com" without a permission',
  ],
  [
    'https://graph.microsoft.com',
    'https://graph.microsoft.com/User.Read',
    'names "https://graph.microsoft.com" without a permission',
  ],
  ['https://graph.microsoft.com//', 'https://graph.microsoft.com/User.Read', 'without a permission'],
  ['graph.microsoft.com', 'https://graph.microsoft.com/User.Read', 'without a permission'],
  [
    '00000003-0000-0000-c000-000000000000',
    '00000003-0000-0000-c000-000000000000/User.Read',
    'without a permission',
  ],
  [`${outlook}/`, `${outlook}/SMTP.Send`, 'without a permission'],
  [
    'User.Read api://c11e0000-0000-4000-8000-00000000c11e',
    'api://c11e0000-0000-4000-8000-00000000c11e/.default',
    'without a permission',
  ],
] as const) {
  test(`the message about ${JSON.stringify(text)} shows "${right}"`, () => {
    const problems = problemsOf(text);
    assert.ok(problems.includes(says), problems);
    assert.ok(problems.includes(`"${right}"`), problems);
    assert.equal(problemsOf(right), '');
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

const graph = 'https://graph.microsoft.com';
const graphId = '00000003-0000-0000-c000-000000000000';
const outlookId = '00000002-0000-0ff1-ce00-000000000000';
for (const [text, ...groups] of [
  ['email Mail.Read', [graph, 'Mail.Read', 'email']],
  ['Mail.Read EMAIL email', [graph, 'Mail.Read', 'email']],
  [`email ${outlook}/SMTP.Send User.Read`, [outlook, `${outlook}/SMTP.Send`, 'email'], [graph, 'User.Read']],
  [`${graph}/email ${outlook}/SMTP.Send`, [outlook, `${outlook}/SMTP.Send`, 'email']],
  [`${graphId}/openid ${outlook}/offline_access User.Read`, [graph, 'User.Read']],
  ['openid', [graph, 'openid']],
  ['openid profile email offline_access', [graph, 'openid', 'profile', 'email']],
  ['OPENID openid', [graph, 'openid']],
  ['offline_access', [graph, 'openid']],
  ['api://app/openid', ['api://app', 'api://app/openid']],
] as const) {
  test(`scopes of OpenID Connect make no resource: ${text}`, () => {
    assert.deepEqual(groupsOf(text), groups);
  });
}

for (const [text, group] of [
  [
    `${graphId}/Mail.Read User.Read ${graph}/Notes.Read`,
    [graphId, `${graphId}/Mail.Read`, `${graphId}/User.Read`, `${graphId}/Notes.Read`],
  ],
  [`User.Read ${graphId}/mail.read Mail.Read`, [graph, 'User.Read', 'mail.read']],
  [
    `${outlook}/SMTP.Send https://outlook.office365.com/IMAP.AccessAsUser.All ${outlookId}/POP.AccessAsUser.All`,
    [outlook, `${outlook}/SMTP.Send`, `${outlook}/IMAP.AccessAsUser.All`, `${outlook}/POP.AccessAsUser.All`],
  ],
  [`${outlookId}/SMTP.Send ${outlook}/smtp.send`, [outlookId, `${outlookId}/SMTP.Send`]],
] as const) {
  test(`one resource by several names is one request, in the first spelling: ${text}`, () => {
    assert.deepEqual(groupsOf(text), [group]);
  });
}

for (const [cloud, ...resources] of [
  ['public', outlook, `${outlook}/`, 'https://Outlook.office365.com', outlookId],
  ['usgovernment', 'https://outlook.office365.us', 'https://webmail.apps.mil', outlookId.toUpperCase()],
  ['china', 'https://partner.outlook.cn', outlookId],
] as const) {
  test(`the mail servers of the ${cloud} cloud take tokens for each name of theirs`, () => {
    for (const resource of resources) {
      assert.ok(isOutlook(resource, inCloud(cloud)), resource);
      assert.equal(problemsOf(`${resource}/SMTP.Send`, cloud), '');
    }
    const others = ['https://webmail.apps.mil', 'https://partner.outlook.cn', outlook, graph, graphId, ''];
    for (const resource of others.filter((other) => !(resources as readonly string[]).includes(other)))
      assert.ok(!isOutlook(resource, inCloud(cloud)), resource);
  });
}

test('Graph of another cloud and unprefixed scopes are one group there', () => {
  assert.deepEqual(groupsOf('User.Read https://graph.microsoft.us/Mail.Read', 'usgovernment'), [
    ['https://graph.microsoft.com', 'User.Read', 'Mail.Read'],
  ]);
});
