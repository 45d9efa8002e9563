import assert from 'node:assert/strict';
import test from 'node:test';
import { parseScopes, resourceOf, scopeProblems } from '../../../src/token/scopes.ts';

const outlook = 'https://outlook.office.com';

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
]) {
  test(`nothing is wrong with ${text}`, () => {
    assert.deepEqual(scopeProblems(parseScopes(text)), []);
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
  [
    `User.Read ${outlook}/SMTP.Send`,
    /names 2 resources \(https:\/\/graph\.microsoft\.com, https:\/\/outlook/,
  ],
  ['User.Read"', /character that no scope may have/],
  ['Mail\\Read', /character that no scope may have/],
  ['Benutzer.Lösen', /character that no scope may have/],
  [`${outlook}/`, /character that no scope may have/],
] as const) {
  test(`"${text}" is caught before any request`, () => {
    assert.match(scopeProblems(parseScopes(text)).join('; '), problem);
  });
}
