import assert from 'node:assert/strict';
import test from 'node:test';
import { customAuthority } from '../../../src/entra/authority.ts';
import { problemOf } from '../fakes/result.ts';

const several = /has a path of several segments, .*cannot use such an authority/;

for (const text of [
  'https://keycloak.example/realms/foo',
  'https://keycloak.example/realms/foo/',
  'https://keycloak.example/realms%2Ffoo',
  'https://keycloak.example/realms/foo?x=1',
  'http://keycloak.example/realms/foo',
  'keycloak.example/realms/foo',
  'keycloak.example:8443/realms/foo',
  'https://keycloak.example/auth/realms/foo/protocol/openid-connect/auth',
  'https://contoso.okta.example/oauth2/default',
  'https://idp.example/default/xoauth2',
  'https://idp.example/default/oauth2x',
  'https://idp.example/a%zz',
  'https://contoso.ciamlogin.com.example/realms/foo',
  'https://idp.example/realms/token',
  'idp.example/http://foo',
]) {
  test(`${text} cannot be used, and no wrong tenant is suggested`, () => {
    const problem = problemOf(customAuthority(text));

    assert.match(problem, several);
    assert.doesNotMatch(problem, /write|for example/);
  });
}

const ciam = 'https://foo.ciamlogin.com/foo.onmicrosoft.com';
for (const [text, right] of [
  ['https://foo.ciamlogin.com/?x=1', ciam],
  ['https://foo.ciamlogin.com?x=1', ciam],
  ['http://foo.ciamlogin.com', ciam],
  ['foo.ciamlogin.com', ciam],
  ['https://foo.ciamlogin.com/foo.onmicrosoft.com/v2.0?x', ciam],
  ['https://foo.ciamlogin.com/foo.onmicrosoft.com/federation/oauth2', ciam],
  ['https://adfs.example/?x', 'https://adfs.example/adfs'],
  ['https://adfs.example/adfs/services/trust', 'https://adfs.example/adfs'],
  ['https://idp.example/default/oauth2/v2.0/authorize', 'https://idp.example/default'],
  ['https://login.microsoftonline.com:8443/', 'https://login.microsoftonline.com/organizations'],
  ['https://foo.b2clogin.com/', undefined],
  ['https://login.microsoftonline.de/', undefined],
  ['https://adfs.example./', 'https://adfs.example/adfs'],
] as const) {
  test(`The message about ${text} suggests ${right ?? 'nothing of that host'}`, () => {
    const problem = problemOf(customAuthority(text));
    const suggestions = [...problem.matchAll(/(?:write|for example) "([^"]*)"/g)].map(([, url = '']) => url);

    for (const suggestion of suggestions) assert.equal(customAuthority(suggestion).kind, 'value');
    const host = new URL(right ?? text).host;
    assert.deepEqual(
      suggestions.filter((url) => url.includes(host)),
      right ? [right] : [],
    );
  });
}

test('A host that cannot be used at all is called so, whether or not a path is missing', () => {
  assert.match(problemOf(customAuthority('https://foo.b2clogin.com/')), /is of Azure AD B2C/);
  assert.match(
    problemOf(customAuthority('https://login.microsoftonline.de/')),
    /is a host of Microsoft Entra/,
  );
});
