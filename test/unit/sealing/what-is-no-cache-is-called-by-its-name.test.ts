import assert from 'node:assert/strict';
import test from 'node:test';
import { readTokenCacheInput } from '../../../src/sealing/token-cache-input.ts';
import { idToken } from '../fakes/answers.ts';
import { alice } from '../fakes/people.ts';
import { recordContext } from '../fakes/record-context.ts';

const secret = 'the-very-secret-text';
const base64 = (bytes: Buffer | string): string => Buffer.from(bytes).toString('base64');
const dpapi = Buffer.concat([
  Buffer.from('01000000D08C9DDF0115D1118C7A00C04FC297EB01000000', 'hex'),
  Buffer.from(secret),
]);
const adalDotNet = Buffer.concat([
  Buffer.from([3, 0, 0, 0, 1, 0, 0, 0]),
  Buffer.from(`https://login.microsoftonline.com/x/:::https://graph.microsoft.com:::c:::0${secret}`),
]);
const adal = [{ tokenType: 'Bearer', _authority: 'https://login.example/x', refreshToken: secret }];

for (const [what, says, ...texts] of [
  [
    'DPAPI bytes',
    /encrypted by Windows \(DPAPI\)/,
    base64(dpapi),
    dpapi.toString('hex'),
    dpapi.toString(),
    '\u0001',
  ],
  [
    'a cache of ADAL',
    /cache of ADAL/,
    JSON.stringify(adal),
    base64(JSON.stringify(adal)),
    base64(adalDotNet),
  ],
  [
    'a profile of the Azure CLI',
    /profile of the Azure CLI/,
    JSON.stringify({ installationId: secret, subscriptions: [] }),
    `\uFEFF${JSON.stringify({ subscriptions: [{ id: secret }] })}`,
  ],
  [
    'a context of Azure PowerShell',
    /Azure PowerShell/,
    JSON.stringify({ DefaultContextKey: secret, Contexts: {} }),
  ],
  [
    'a service principal',
    /service principal/,
    JSON.stringify({ clientId: 'a', clientSecret: secret }),
    JSON.stringify({ appId: 'a', password: secret, tenant: 'b' }),
    JSON.stringify([{ client_id: 'a', client_secret: secret }]),
  ],
  [
    'a token response',
    /response of a token endpoint/,
    JSON.stringify({ access_token: secret, refresh_token: secret }),
    JSON.stringify({ accessToken: secret, expiresOn: 'x' }),
  ],
  ['the storage of a browser', /in a browser/, JSON.stringify({ 'msal.account.keys': secret })],
  ['a JWT', /is a JWT/, idToken(alice), JSON.stringify(idToken(alice)), base64(idToken(alice))],
  ['an encrypted token', /encrypted token \(JWE\)/, `eyJhbGciOiJSU0EtT0FFUCJ9.${secret}.aaaa.bbbb.cccc`],
  [
    'a refresh token',
    /refresh token without the account/,
    `0.AXoA${secret}${secret}`,
    `1.AV0A${secret}${secret}`,
    `M.C5${'07'}_BAY.0.U.-${secret}`,
  ],
  [
    'a token of a personal account',
    /access token of a personal account/,
    `EwBYA${secret.repeat(4).replaceAll('-', '+')}`,
  ],
  ['a web page', /HTML or XML/, `<!DOCTYPE html><p>${secret}</p>`, base64(`<xml>${secret}</xml>`)],
  ['a certificate', /PEM/, `-----BEGIN CERTIFICATE-----\n${secret}`],
  [
    'something compressed',
    /compressed/,
    base64(Buffer.concat([Buffer.from([0x1f, 0x8b, 8, 0]), Buffer.from(secret)])),
  ],
  [
    'the name of a file',
    /name of a file/,
    '~/.azure/msal_token_cache.json',
    'C:\\cache\\msal.cache',
    'cache.bin',
  ],
  ['what nothing has replaced', /not replaced/, `\${{ secrets.CACHE }}`, '$CACHE', `\${CACHE}`, '$env:CACHE'],
  ['asterisks', /a log shows in place of a secret/, '***'],
  [
    'an object as text',
    /object that was converted to text/,
    '[object Object]',
    'System.Object[]',
    '@{Account=}',
  ],
  ['the beginning of UTF-16', /begins like UTF-16/, '\uFFFD\uFFFD{'],
  [
    'a pending sign-in',
    /is a pending sign-in/,
    'entra-user-token-pending.x.y',
    base64('entra-user-token-pending.x.y'),
  ],
] as const) {
  for (const [index, text] of texts.entries())
    test(`A token-cache that is ${what} is called so, and not quoted (${index + 1})`, async () => {
      const input = await readTokenCacheInput(text, recordContext());

      assert.ok(input.kind === 'invalid', JSON.stringify(input));
      assert.match(input.problem, says);
      assert.doesNotMatch(input.problem, /very|undefined/);
    });
}
