import assert from 'node:assert/strict';
import fc from 'fast-check';
import { cloudAuthority } from '../../src/entra/authority.ts';
import { groupByResource, parseScopes, scopeProblems } from '../../src/entra/scopes.ts';
import { hostileText } from './hostile-text.ts';
import { property } from './property.ts';

const publicCloud = cloudAuthority('public', 'organizations');

const piece = fc.oneof(
  fc.constantFrom(
    'User.Read',
    'user.read',
    'openid',
    'OFFLINE_ACCESS',
    'profile',
    '.default',
    'https://graph.microsoft.com/Mail.Read',
    'https://outlook.office.com/SMTP.Send',
    'IMAP.AccessAsUser.All',
    'https://graph.microsoft.com/imap.accessasuser.all',
    'api://x/y',
    '/',
    '//',
    'https://',
    '__proto__',
  ),
  hostileText,
);
const scopesText = fc
  .array(fc.tuple(piece, fc.constantFrom(' ', ',', '\n', '\t', ', ', '\u00a0', '')), { maxLength: 8 })
  .map((parts) => parts.flat().join(''));

property('scopes are split, each once, without what MSAL adds', scopesText, (text) => {
  const scopes = parseScopes(text);
  const folded = scopes.map((scope) => scope.toLowerCase());
  assert.equal(new Set(folded).size, folded.length);
  for (const scope of folded) assert.ok(scope !== '' && !/[\s,]/.test(scope), JSON.stringify(scope));
  const ofOpenId = ['openid', 'profile', 'email', 'offline_access'];
  assert.ok(!folded.includes('offline_access'));
  if (folded.some((scope) => !ofOpenId.includes(scope)))
    for (const added of ['openid', 'profile']) assert.ok(!folded.includes(added));
  for (const scope of folded)
    assert.ok(text.toLowerCase().includes(scope) || scope === 'openid', 'a scope that was not given');
  assert.deepEqual(parseScopes(scopes.join(' ')), scopes);
});

property(
  'scopes that nothing is wrong with are plain text, each in one group of its resource',
  scopesText,
  (text) => {
    const scopes = parseScopes(text);
    if (scopeProblems(scopes, publicCloud).length > 0) return;
    for (const scope of scopes) assert.match(scope, /^[\x21\x23-\x5b\x5d-\x7e]+$/);
    const groups = groupByResource(scopes, publicCloud);
    const keys = groups.map(({ resource }) => resource.toLowerCase().replace(/\/+$/, ''));
    assert.equal(new Set(keys).size, groups.length);
    const grouped = groups.flatMap((group) => group.scopes);
    assert.ok(grouped.length > 0 && grouped.length <= scopes.length);
    const permission = (scope: string) => scope.slice(scope.lastIndexOf('/') + 1).toLowerCase();
    assert.deepEqual(new Set(grouped.map(permission)), new Set(scopes.map(permission)));
  },
);

property('what is said of bad scopes is one line', scopesText, (text) => {
  for (const problem of scopeProblems(parseScopes(text), publicCloud)) {
    assert.ok(problem.length > 0);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
    assert.doesNotMatch(problem, /[\r\n\u001b\u2028\u2029]/);
  }
});
