import assert from 'node:assert/strict';
import test from 'node:test';
import {
  type Authority,
  cloudAuthority,
  customAuthority,
  graphResources,
  isConcreteTenant,
  isEntraTenant,
  outlookResources,
  personalTenant,
} from '../../../src/entra/authority.ts';
import { contoso } from '../fakes/people.ts';
import { problemOf, validValue } from '../fakes/result.ts';

const entra = 'https://login.microsoftonline.com';

function read(text: string): Authority {
  return validValue(customAuthority(text));
}

for (const [text, url] of [
  ['https://adfs.contoso.example/adfs', 'https://adfs.contoso.example/adfs'],
  ['https://ADFS.contoso.example/adfs/', 'https://adfs.contoso.example/adfs'],
  ['HTTPS://adfs.contoso.example:8443/ADFS/', 'https://adfs.contoso.example:8443/adfs'],
  ['https://adfs.contoso.example:443/adfs', 'https://adfs.contoso.example/adfs'],
  ['https://[::1]:8443/default', 'https://[::1]:8443/default'],
  ['https://idp.example/a.b_c~d-e', 'https://idp.example/a.b_c~d-e'],
  ['https://idp.example/av2.0', 'https://idp.example/av2.0'],
  [`${entra}/${contoso}/v2.0`, `${entra}/${contoso}`],
  [`${entra}/contoso.onmicrosoft.com/V2.0/`, `${entra}/contoso.onmicrosoft.com`],
  [
    'https://contoso.ciamlogin.com/contoso.onmicrosoft.com/v2.0',
    'https://contoso.ciamlogin.com/contoso.onmicrosoft.com',
  ],
] as const) {
  test(`${text} is the authority ${url}`, () => {
    const authority = read(text);
    assert.deepEqual([authority.url, authority.tenant], [url, url.slice(url.lastIndexOf('/') + 1)]);
  });
}

// What `URL` makes of most of these would pass for an authority.
for (const [text, right] of [
  [`${entra}/common%2f`, `${entra}/common`],
  [`${entra}/%63ommon`, `${entra}/common`],
  [`${entra}/%2fcommon`, `${entra}/common`],
  [`${entra}/common;x`, `${entra}/common`],
  [`${entra}/common/oauth2/v2.0/token`, `${entra}/common`],
  [`${entra}/organizations/v2.0/v2.0`, `${entra}/organizations`],
  [`${entra}/organizations/${contoso}`, `${entra}/organizations`],
  [`${entra}/${contoso}/v2.0/.well-known/openid-configuration`, `${entra}/${contoso}`],
  [`${entra}//common`, `${entra}/common`],
  [`${entra}/common//`, `${entra}/common`],
  [`${entra}/./common`, `${entra}/common`],
  [`${entra}/x/../common`, `${entra}/common`],
  [`${entra}/${contoso}/%2e%2e/common`, `${entra}/common`],
  [`${entra}\\common`, `${entra}/common`],
  ['https:\\\\login.microsoftonline.com\\common', `${entra}/common`],
  ['https:/login.microsoftonline.com/common', `${entra}/common`],
  ['//login.microsoftonline.com/common', `${entra}/common`],
  [`${entra}/com\tmon`, `${entra}/common`],
  [`${entra}/common\u200b`, `${entra}/common`],
  [`${entra}/c\u03bfmmon`, undefined],
  [`${entra}/..`, undefined],
  ['https://idp.example/..', 'https://idp.example/adfs'],
  [`${entra}/common%`, `${entra}/common`],
  ['https://idp.example/default;', 'https://idp.example/default'],
  ['https://idp.example/;', 'https://idp.example/adfs'],
  ['https://idp.example/av2.0?', 'https://idp.example/av2.0'],
  ['https://idp.example/v2.0x?', 'https://idp.example/v2.0x'],
  [`${entra}/common?`, `${entra}/common`],
  [`${entra}/common#`, `${entra}/common`],
  [`${entra}/common?a=b`, `${entra}/common`],
  ['https://@login.microsoftonline.com/common', `${entra}/common`],
  ['https://me:secret@login.microsoftonline.com/common', `${entra}/common`],
  ['https://login.microsoftonline.com./common', `${entra}/common`],
  ['https://login.microsoftonline.com:8443/common', `${entra}/common`],
  ['https://adfs.example.:8443/adfs', 'https://adfs.example:8443/adfs'],
  ['https://login\u3002microsoftonline.com/common', `${entra}/common`],
  ['http://login.microsoftonline.com/common', `${entra}/common`],
  ['login.microsoftonline.com/common', `${entra}/common`],
  ['https://0x7f.1/adfs', 'https://127.0.0.1/adfs'],
  ['https://bücher.example/adfs', 'https://xn--bcher-kva.example/adfs'],
  ['https://adfs.example/adfs/oauth2/authorize', 'https://adfs.example/adfs'],
  ['https://contoso.ciamlogin.com/', 'https://contoso.ciamlogin.com/contoso.onmicrosoft.com'],
  ['https://contoso.ciamlogin.com', 'https://contoso.ciamlogin.com/contoso.onmicrosoft.com'],
  ['https://contoso.ciamlogin.com/v2.0', 'https://contoso.ciamlogin.com/contoso.onmicrosoft.com'],
  ['https://contoso.ciamlogin.com/v2.0/v2.0', 'https://contoso.ciamlogin.com/contoso.onmicrosoft.com'],
  ['https://contoso.ciamlogin.com.example/', 'https://contoso.ciamlogin.com.example/adfs'],
  [`${entra}/`, `${entra}/organizations`],
  [`${entra}/v2.0/`, `${entra}/organizations`],
  ['https://adfs.example/', 'https://adfs.example/adfs'],
] as const) {
  test(`${JSON.stringify(text)} is refused${right ? `; the message shows ${right}` : ''}`, () => {
    const problem = problemOf(customAuthority(text));
    assert.ok(!problem.includes('secret'), problem);
    if (right) {
      assert.ok(problem.includes(`"${right}"`), problem);
      assert.equal(read(right).url, right);
    } else assert.doesNotMatch(problem, /write "/);
  });
}

const form =
  'must be "https://", a host, "/" and one tenant (letters, digits, "-", ".", "_", "~"), with nothing after it except "/v2.0"';
const b2c = 'is of Azure AD B2C, which has no device code flow: this action cannot get a token there';
const token =
  'has "/token" in its host or path, from which MSAL derives a wrong device code endpoint; use a host and path without it';
const inClear = 'must begin with "https://": tokens never travel in clear';
for (const [text, problem] of [
  ['https://adfs.example/adfs;x', `${form}; write "https://adfs.example/adfs"`],
  ['https://a!b.example/x', form],
  ['not a url', 'is no URL; give the full URL of the authority, for example "https://adfs.example.com/adfs"'],
  ['contoso', 'is no URL; give the full URL of the authority, for example "https://contoso/adfs"'],
  ['http://adfs.example/adfs', `${inClear}; write "https://adfs.example/adfs"`],
  ['xhttps://adfs.example/adfs', `${inClear}; write "https://adfs.example/adfs"`],
  [
    'https://me@adfs.example/adfs',
    'must not hold a user name or password; write "https://adfs.example/adfs"',
  ],
  [
    'https://:secret@adfs.example/adfs',
    'must not hold a user name or password; write "https://adfs.example/adfs"',
  ],
  ['https://adfs.example/adfs?x', 'must not hold a query or a fragment; write "https://adfs.example/adfs"'],
  ['https://adfs.example', 'has no path; add the tenant or "adfs", for example "https://adfs.example/adfs"'],
  [
    'https://a!b.example',
    'has no path; add the tenant or "adfs", for example "https://adfs.example.com/adfs"',
  ],
  ['https://contoso.b2clogin.com:8443/contoso', b2c],
  ['https://idp.example/tfp', b2c],
  ['https://idp.example/B2C_1_sign_in', b2c],
  ['https://idp.example/token', token],
  ['https://idp.example/TOKEN;x', token],
  ['https://token.example/adfs', token],
] as const) {
  test(`${text} ${problem}`, () => {
    assert.equal(problemOf(customAuthority(text)), problem);
  });
}

for (const tenant of [
  'contoso',
  'common2',
  '-.com',
  '-contoso.com',
  'a..b',
  'v2.0.1',
  'contoso.com-',
  'contoso.com.1',
  '_contoso.com',
  'contoso_.com',
  `${'a'.repeat(64)}.com`,
  '127.0.0.1',
  `${contoso}0`,
  `0${contoso}`,
]) {
  test(`on Entra's hosts "${tenant}" is no tenant, as it is none in tenant-id`, () => {
    const problem = problemOf(customAuthority(`${entra}/${tenant}`));
    assert.match(problem, /does not name a tenant of Microsoft Entra; allowed are a tenant GUID/);
  });
}

test('a domain has at most 253 characters', () => {
  const domain = `${'abcdefg.'.repeat(31)}a.com`;

  assert.deepEqual([domain.length, isEntraTenant(domain), isEntraTenant(`a${domain}`)], [253, true, false]);
});

test('everything that follows from a cloud and a tenant is known of its authority', () => {
  assert.deepEqual(cloudAuthority('usgovernment', 'Contoso.Example'), {
    url: 'https://login.microsoftonline.us/contoso.example',
    tenant: 'contoso.example',
    tenantId: undefined,
    isCustom: false,
    wellKnown: true,
    cacheHost: 'login.microsoftonline.us',
    cacheHosts: ['login.microsoftonline.us', 'login.usgovcloudapi.net'],
    graph: 'https://graph.microsoft.us',
    outlook: ['https://outlook.office365.us', 'https://webmail.apps.mil'],
    adminConsent: 'https://login.microsoftonline.us/contoso.example/adminconsent',
  });
});

for (const [tenant, place] of [
  ['consumers', 'organizations'],
  ['common', 'organizations'],
  ['organizations', 'organizations'],
] as const) {
  test(`for ${tenant} an administrator consents for ${place}`, () => {
    assert.equal(cloudAuthority('public', tenant).adminConsent, `${entra}/${place}/adminconsent`);
  });
}

test('an authority outside the clouds of Entra is cached with its port and without, and has Graph and mail of the public cloud', () => {
  assert.deepEqual(read('https://adfs.example:8443/ADFS'), {
    url: 'https://adfs.example:8443/adfs',
    tenant: 'adfs',
    tenantId: undefined,
    isCustom: true,
    wellKnown: false,
    cacheHost: 'adfs.example:8443',
    cacheHosts: ['adfs.example:8443', 'adfs.example'],
    graph: 'https://graph.microsoft.com',
    outlook: ['https://outlook.office.com', 'https://outlook.office365.com'],
    adminConsent: undefined,
  });
  assert.deepEqual(read('https://adfs.example/adfs').cacheHosts, ['adfs.example']);
});

test('Graph and the mail servers of every cloud are known', () => {
  assert.deepEqual(graphResources, [
    'https://graph.microsoft.com',
    'https://graph.microsoft.us',
    'https://microsoftgraph.chinacloudapi.cn',
  ]);
  assert.deepEqual(outlookResources, [
    'https://outlook.office.com',
    'https://outlook.office365.com',
    'https://outlook.office365.us',
    'https://webmail.apps.mil',
    'https://partner.outlook.cn',
  ]);
});

for (const [host, cloud] of [
  ['login.microsoftonline.com', 'public'],
  ['login.windows.net', 'public'],
  ['login.microsoft.com', 'public'],
  ['STS.windows.net', 'public'],
  ['login.usgovcloudapi.net', 'usgovernment'],
  ['login.chinacloudapi.cn', 'china'],
] as const) {
  test(`an authority on ${host} is the same as the cloud ${cloud} with tenant-id`, () => {
    assert.deepEqual(read(`https://${host}/${contoso}/v2.0`), {
      ...cloudAuthority(cloud, contoso),
      isCustom: true,
    });
  });
}

test('a name means one person in every tenant but organizations and common, on whatever host these are', () => {
  const isConcrete = (tenant: string) => isConcreteTenant(read(`${entra}/${tenant}`));

  assert.deepEqual(['organizations', 'COMMON', 'Common/v2.0', 'organizations/v2.0/'].map(isConcrete), [
    false,
    false,
    false,
    false,
  ]);
  assert.deepEqual([contoso, 'contoso.example', 'consumers'].map(isConcrete), [true, true, true]);
  assert.equal(isConcreteTenant(read('https://login.example/common')), false);
});

test('the tenant is known by its GUID where the authority says it: consumers stands for one', () => {
  assert.equal(personalTenant, '9188040d-6c67-4c5b-b112-36a304b66dad');
  assert.equal(cloudAuthority('public', 'consumers').tenantId, personalTenant);
  assert.equal(cloudAuthority('public', contoso.toUpperCase()).tenantId, contoso);
  for (const tenant of ['organizations', 'common', 'contoso.example'])
    assert.equal(cloudAuthority('public', tenant).tenantId, undefined);
  assert.equal(read(`https://adfs.example/${contoso}`).tenantId, undefined);
});

for (const host of [
  'login.sovcloud-identity.fr',
  'login-us.microsoftonline.com',
  'westus2.login.microsoft.com',
  'device.login.microsoftonline.com',
  'login.microsoftonline.de',
  'login.windows-ppe.net',
  'device.login.windows.net',
]) {
  test(`${host} is Entra's, but none whose rules are known here, so it is refused`, () => {
    const problem = problemOf(customAuthority(`https://${host}/11111111-1111-4111-8111-111111111111`));
    assert.match(problem, /is a host of Microsoft Entra that this action does not know/);
  });
}

test('a tenant that merely looks like one of Azure AD B2C is a tenant', () => {
  for (const tenant of ['tfpx', 'xb2c_1']) assert.equal(read(`https://idp.example/${tenant}`).tenant, tenant);
});

test('External ID, AD FS and hosts that merely look like Entra are authorities of their own', () => {
  for (const host of [
    'contoso.ciamlogin.com',
    'adfs.contoso.example',
    'login.microsoftonline.com.example',
    'notmicrosoftonline.example',
    'contoso.b2clogin.com.example',
  ])
    assert.equal(customAuthority(`https://${host}/contoso`).kind, 'value', host);
});
