import assert from 'node:assert/strict';
import test from 'node:test';
import { cloudAuthority, customAuthority } from '../../../src/entra/authority.ts';
import { parseMsalCache } from '../../../src/msal-cache/msal-cache.ts';
import { toMsalNodeCache } from '../../../src/msal-cache/msal-node-cache.ts';
import { granted } from '../fakes/answers.ts';
import { alice, contoso } from '../fakes/people.ts';
import { pythonCache } from '../fakes/python-cache.ts';
import { clientId, tokenRequest } from '../fakes/request.ts';
import { validValue } from '../fakes/result.ts';
import { run } from '../fakes/signed-in.ts';
import { worldWith } from '../fakes/world.ts';

const adfs = validValue(customAuthority('https://adfs.contoso.example:8443/adfs-of-contoso'));

for (const [where, authority, environment] of [
  ['the public cloud', cloudAuthority('public', contoso), 'login.microsoftonline.com'],
  ['the US government cloud', cloudAuthority('usgovernment', contoso), 'login.microsoftonline.us'],
  ['the China cloud', cloudAuthority('china', contoso), 'login.partner.microsoftonline.cn'],
  ['an authority with a port', adfs, 'adfs.contoso.example'],
] as const) {
  test(`a cache of MSAL Python for ${where} opens, and after a refresh the next run sends the new refresh token`, async () => {
    const request = tokenRequest({ authority });
    const rekeyed = toMsalNodeCache(parseMsalCache(pythonCache(alice, environment, 'written by Python')), {
      clientId,
      ...authority,
    });
    const today = worldWith({ token: [granted(alice, { refreshToken: 'new', expiresIn: 60 })] });

    const first = await run(
      today,
      [{ origin: 'token-cache', cache: JSON.stringify(rekeyed), details: {} }],
      request,
    );
    const tomorrow = worldWith({ token: [granted(alice)] });
    await run(tomorrow, [{ origin: 'token-cache', cache: first.cache, details: first.details }], request);

    assert.equal(first.account.username, alice.username);
    assert.equal(today.entra.to('token')[0]?.form['refresh_token'], 'written by Python');
    assert.equal(tomorrow.entra.to('token')[0]?.form['refresh_token'], 'new');
    assert.equal(Object.keys(parseMsalCache(first.cache).RefreshToken).length, 1);
  });
}
