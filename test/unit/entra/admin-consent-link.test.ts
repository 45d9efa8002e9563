import assert from 'node:assert/strict';
import test from 'node:test';
import { type Authority, cloudAuthority, customAuthority } from '../../../src/entra/authority.ts';
import { entraFailure } from '../../../src/entra/entra-failure.ts';
import { oauthError } from '../../../src/entra/error-response.ts';
import { refused } from '../fakes/answers.ts';
import { contoso } from '../fakes/people.ts';
import { tokenRequest } from '../fakes/request.ts';
import { validValue } from '../fakes/result.ts';

function linkFor(authority: Authority): string | undefined {
  const error = oauthError(refused('invalid_grant', 90094));
  assert.ok(error && typeof authority !== 'string', String(authority));
  const { message } = entraFailure(error, 'It failed.', tokenRequest({ authority }));
  return /For your administrator: (\S+)\?client_id=/.exec(message)?.[1];
}

for (const [tenant, place] of [
  [contoso, contoso],
  ['contoso.example', 'contoso.example'],
  ['organizations', 'organizations'],
  ['common', 'organizations'],
  ['consumers', 'organizations'],
] as const) {
  test(`an administrator consents for ${tenant} at /${place}/adminconsent`, () => {
    const link = `https://login.microsoftonline.us/${place}/adminconsent`;
    assert.equal(linkFor(cloudAuthority('usgovernment', tenant)), link);
    assert.equal(
      linkFor(validValue(customAuthority(`https://login.usgovcloudapi.net/${tenant}/v2.0`))),
      link,
    );
  });
}

test('outside the clouds of Entra no link is shown, since there is no such page', () => {
  assert.equal(linkFor(validValue(customAuthority('https://adfs.example/adfs'))), undefined);
});
