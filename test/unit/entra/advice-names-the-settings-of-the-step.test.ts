import assert from 'node:assert/strict';
import test from 'node:test';
import { refusePrompt } from '../../../src/action/sign-in-policy.ts';
import { customAuthority } from '../../../src/entra/authority.ts';
import { entraFailure } from '../../../src/entra/entra-failure.ts';
import { oauthError } from '../../../src/entra/error-response.ts';
import { deviceCode, granted, idToken, refused } from '../fakes/answers.ts';
import { failureOf } from '../fakes/failure.ts';
import { inputsOf } from '../fakes/inputs.ts';
import { alice, carolAtHome, contoso, type FakePerson } from '../fakes/people.ts';
import { tokenRequest } from '../fakes/request.ts';
import { validValue } from '../fakes/result.ts';
import { run } from '../fakes/signed-in.ts';
import { workflowRun } from '../fakes/workflow-run.ts';
import { worldWith } from '../fakes/world.ts';

const entra = 'https://login.microsoftonline.com';
const given = (tenant: string) => validValue(customAuthority(`${entra}/${tenant}`));
const signInOf = (person: FakePerson) => worldWith({ deviceCode: [deviceCode()], token: [granted(person)] });

for (const [what, person, tenant, says] of [
  [
    'a personal account through "common"',
    carolAtHome,
    'common',
    /set authority to "https:\/\/login\.microsoftonline\.com\/consumers" and run/,
  ],
  [
    'a personal account through "organizations"',
    carolAtHome,
    'organizations',
    /or set authority to "https:\/\/login\.microsoftonline\.com\/consumers"\./,
  ],
] as const) {
  test(`Where the step has the input authority, ${what} is not told to set tenant-id`, async () => {
    const request = tokenRequest({ authority: given(tenant) });

    const { message } = await failureOf(run(signInOf(person), [], request), 'wrong-account');

    assert.match(message, says);
    assert.doesNotMatch(message, /tenant-id/);
  });
}

test('Where the step has the input authority, a token of another tenant is not told to check tenant-id', async () => {
  const request = tokenRequest({ authority: given('consumers') });

  const { message } = await failureOf(run(signInOf(alice), [], request), 'entra-refused');

  assert.match(message, /check authority, and run again/);
  assert.doesNotMatch(message, /tenant-id/);
});

test('Where the step has the input authority, a guest that is named is not told to set tenant-id', async () => {
  const guest = { ...alice, tid: '22222222-2222-4222-8222-222222222222' };
  const request = tokenRequest({ authority: given(contoso), account: alice.username, mayNamePeople: false });
  const world = worldWith({
    deviceCode: [deviceCode()],
    token: [granted(guest, { members: { id_token: idToken({ ...guest, tid: contoso }) } })],
  });

  const { message } = await failureOf(run(world, [], request), 'wrong-account');

  assert.match(message, /or set the tenant in authority to the home tenant of the account/);
  assert.doesNotMatch(message, /tenant-id/);
});

test('Where the step has the input authority, a name that needs a tenant is not told to set tenant-id', () => {
  const inputs = inputsOf({ authority: `${entra}/common`, account: alice.username });

  const { message = '' } =
    refusePrompt({ reason: 'it has expired', stores: [] }, inputs, workflowRun({ isPrivate: false })) ?? {};

  assert.match(message, /"common" stands for many tenants.*\n.*set the tenant in authority to your tenant/);
  assert.doesNotMatch(message, /tenant-id/);
});

for (const [code, says] of [
  [50194, /set the tenant in authority to the tenant of the app registration/],
  [90002, /check authority\./],
  [700016, /check client-id and authority\./],
  [9001023, /set the tenant in authority to "organizations" or to your tenant/],
  [50020, /set authority to "https:\/\/login\.microsoftonline\.com\/consumers" for a personal account/],
] as const) {
  test(`Where the step has the input authority, AADSTS${code} is not told to set tenant-id`, () => {
    const error = oauthError(refused('invalid_request', code));
    assert.ok(error);

    const { message } = entraFailure(error, 'It failed.', {
      clientId: 'c',
      authority: given('common'),
    });

    assert.match(message, says);
    assert.doesNotMatch(message, /tenant-id|cloud/);
  });
}
