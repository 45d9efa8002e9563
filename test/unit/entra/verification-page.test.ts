import assert from 'node:assert/strict';
import test from 'node:test';
import { readSignInPage } from '../../../src/entra/verification-page.ts';
import { Failure } from '../../../src/failure.ts';

const entra = 'https://login.microsoftonline.com/organizations';
const adfs = 'https://adfs.contoso.example/adfs';

const page = (address: unknown, authority = entra, allowsLoopback = false) =>
  readSignInPage({ verification_uri: address }, authority, allowsLoopback);

for (const address of [
  'https://microsoft.com/devicelogin',
  'https://www.microsoft.com/link',
  'https://login.microsoft.com/device',
  'https://login.microsoftonline.com/common/oauth2/deviceauth',
  'https://login.microsoftonline.us/common/oauth2/deviceauth',
  'https://login.microsoftonline.cn/common/oauth2/deviceauth',
  'https://login.partner.microsoftonline.cn/common/oauth2/deviceauth',
  'https://microsoft.us/devicelogin',
  'https://aka.microsoft.us/devicelogin',
  'HTTPS://MICROSOFT.COM:443/devicelogin',
]) {
  test(`${address} is Microsoft's, and shown without a warning`, () => {
    assert.deepEqual(page(address), { verificationUri: new URL(address).href, warning: '' });
  });
}

for (const [address, host] of [
  ['https://evil.example/devicelogin', 'evil.example'],
  ['https://microsoft.com.evil.example/devicelogin', 'microsoft.com.evil.example'],
  ['https://notmicrosoft.com/devicelogin', 'notmicrosoft.com'],
  ['https://evil.example/microsoft.com', 'evil.example'],
  ['https://evil.example?.microsoft.com', 'evil.example'],
  ['https://evil.example\\.microsoft.com/', 'evil.example'],
  ['https://microsoftonline.com/', 'microsoftonline.com'],
  ['https://microsoft.com./devicelogin', 'microsoft.com.'],
  ['https://mісrosoft.com/devicelogin', 'xn--mrosoft-yjg2q.com'],
  ['https://127.0.0.1/devicelogin', '127.0.0.1'],
] as const) {
  for (const authority of [
    entra,
    'https://login.microsoftonline.us/common',
    'https://login.partner.microsoftonline.cn/common',
    'https://login.windows.net/common',
  ]) {
    test(`at ${authority} a warning names ${host}, the host of ${address}`, () => {
      const { verificationUri, warning } = page(address, authority);
      assert.equal(new URL(verificationUri).hostname, host);
      assert.ok(warning.startsWith(`The address ${host} is not one of Microsoft's`));
    });
  }

  test(`elsewhere ${address} is as good as any`, () => {
    assert.equal(page(address, adfs).warning, '');
  });
}

for (const address of [
  'http://microsoft.com/devicelogin',
  'http://127.0.0.1:8080/devicelogin',
  'http://localhost/devicelogin',
  'https://microsoft.com@evil.example/devicelogin',
  'https://microsoft.com:password@evil.example/',
  'https://@user:@microsoft.com/',
]) {
  for (const authority of [entra, adfs]) {
    test(`at ${authority} no code is shown for ${address}`, () => {
      assert.throws(() => page(address, authority), unsafe);
    });
  }
}

for (const [what, address] of [
  ['nothing', undefined],
  ['a number', 7],
  ['no URL', 'microsoft.com/devicelogin'],
  ['an address of another kind', 'javascript:alert(1)'],
  ['an address that nobody can type', `https://microsoft.com/${'x'.repeat(500)}`],
] as const) {
  test(`${what} is no page`, () => {
    assert.throws(() => page(address), /no web address at which the code can be entered/);
  });
}

test('where a test authority is allowed a page of this machine, only that is accepted beyond the others', () => {
  for (const address of ['http://127.0.0.1:8080/devicelogin', 'http://[::1]:8080/devicelogin'])
    assert.deepEqual(page(address, entra, true), { verificationUri: address, warning: '' });
  for (const address of [
    'http://microsoft.com/',
    'http://127.0.0.1.evil.example/',
    'http://127.0.0.2/',
    'http://localhost/',
    'http://user@127.0.0.1/',
  ])
    assert.throws(() => page(address, entra, true), unsafe);
  assert.notEqual(page('https://evil.example/', entra, true).warning, '');
});

test('an address keeps its meaning, and nothing in it looks like a command', () => {
  const { verificationUri } = page('https://microsoft.com/a::b:::c?x=##[d]#e::f[g');
  assert.equal(verificationUri, 'https://microsoft.com/a%3A:b%3A%3A:c?x=##%5Bd]#e%3A:f%5Bg');
});

test('an address that holds a code by itself is ignored', () => {
  const body = {
    verification_uri: 'https://microsoft.com/devicelogin',
    verification_uri_complete: 'https://evil.example/?code=ABCD',
  };
  assert.equal(readSignInPage(body, entra, false).verificationUri, 'https://microsoft.com/devicelogin');
});

test("the name of Entra's first version is read, and judged alike", () => {
  assert.equal(
    readSignInPage({ verification_url: 'https://microsoft.com/devicelogin' }, entra, false).warning,
    '',
  );
  assert.throws(() => readSignInPage({ verification_url: 'http://microsoft.com/' }, entra, false), unsafe);
});

function unsafe(error: unknown): boolean {
  return (
    error instanceof Failure && error.code === 'entra-refused' && /No code was shown/.test(error.message)
  );
}
