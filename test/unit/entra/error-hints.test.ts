import assert from 'node:assert/strict';
import test from 'node:test';
import { entraFailure } from '../../../src/entra/entra-failure.ts';
import { oauthError } from '../../../src/entra/error-response.ts';
import type { Failure } from '../../../src/failure.ts';
import type { HttpResponse } from '../../../src/http/transport.ts';
import { correlationId, json, refused, traceId } from '../fakes/answers.ts';
import { tokenRequest } from '../fakes/request.ts';

const failureOn = (answer: HttpResponse): Failure => {
  const error = oauthError(answer);
  assert.ok(error);
  return entraFailure(error, 'It failed.', tokenRequest());
};

const messageOf = (answer: HttpResponse): string => failureOn(answer).message;

// Each code of the table of error codes, with a word that the message must hold.
const table: readonly (readonly [RegExp, ...(readonly number[])])[] = [
  [/type the code exactly/, 70018, 90119],
  [/run again and enter the new code/, 70019, 70020, 90120],
  [/"Allow public client flows" to Yes/, 7000218],
  [/a secret was sent/, 700025],
  [/check client-id, tenant-id and cloud/, 700016, 700011],
  [/an administrator to enable the app/, 7000112, 70001],
  [/check tenant-id and cloud/, 90002],
  [/set tenant-id to the tenant/, 50194],
  [/supported account types/, 9002332],
  [/"organizations" or to your tenant/, 9001023, 90124, 90130],
  [/invite it as a guest/, 50020, 500208, 50034, 51004, 16000, 90072],
  [/sign in again.*accept/, 65001],
  [/adminconsent\?client_id=/, 90094, 90095, 90008],
  [/run again and accept/, 65004],
  [/register an app of your own/, 65002],
  [/add the delegated permission/, 65005, 650056, 650057],
  [/check the scope's URL/, 500011, 50001, 650052],
  [/never give "\.default" beside/, 70011, 28002, 28003],
  [/prefix of its own resource/, 700022, 28000],
  [/multi-factor.*sign in again.*finish it/s, 50076, 50074, 50079, 50072],
  [/it will come back/, 50078],
  [/external multi-factor/, 50158],
  [/block device code flow.*look the correlation id up/s, 53003, 530036],
  [/security policy.*For your administrator/s, 530032, 530034, 50131],
  [/security defaults.*For your administrator/s, 530035],
  [/managed device.*seeded by a browser/s, 53000, 53001, 530003, 530033, 50097, 50129, 50005],
  [/approved app or a broker/, 53002, 50127],
  [/app protection policy.*For your administrator/s, 53005, 53009],
  [/device.*disabled or deleted.*For your administrator/s, 700003, 135011],
  [/reply address.*For your administrator/s, 900971],
  [/a policy of the tenant.*For your administrator/s, 53010, 530021],
  [/assign the user/, 50105],
  [/wait; .*self-hosted runner/, 50053],
  [/enable the account/, 50057],
  [/password.*change it/s, 50055, 50144, 50125, 50135],
  [/risk.*For your administrator/s, 53004, 53011],
  [/revoked.*sign in again/s, 50173],
  [/90 days.*schedule run more often/s, 700082, 70008],
  [/sign-in frequency.*exclude the account/s, 70043, 70044],
  [/confirm/, 50199],
  [/scope does not exist.*check the spelling/s, 650053],
  [/set tenant-id to "consumers"/, 70000],
  [/session.*sign in again/s, 50089, 50132, 50133],
  [/Mobile and desktop/, 700084],
  [/less often/, 50196, 90055],
  [/run again in a few minutes/, 90033, 90006, 90024, 90090, 50033, 70012, 90012],
  [/another network/, 500021, 500022, 50002],
  [/cross-tenant access policy.*For your administrator/s, 500212, 500213],
];

for (const [says, ...codes] of table) {
  for (const code of codes) {
    test(`AADSTS${code} comes with what to do: ${says.source}`, () => {
      const message = messageOf(refused('invalid_grant', code));

      assert.match(message, says);
      assert.match(message, new RegExp(`AADSTS${code}.*${correlationId}.*${traceId}`, 's'));
    });
  }
}

// What the administrator is asked for. Only where a policy refuses is it an exclusion.
for (const [asks, ...codes] of [
  [/For your administrator: .*exclude this account and this app/, 53003, 53005, 53009, 530003, 530033, 53777],
  [/For your administrator: .*Please enable the account/, 50057],
  [/For your administrator: .*Please restore the account/, 50034, 50020],
  [/For your administrator: .*Please assign this account/, 50105],
  [/For your administrator: .*unlock it/, 50053],
  [/For your administrator: .*dismiss it/, 53004, 53011],
  [/For your administrator: .*enable the device/, 700003, 135011],
  [/For your administrator: .*cross-tenant access settings/, 500212, 500213],
  [/For your administrator: .*Please enable the app/, 7000112, 70001],
] as const) {
  for (const code of codes) {
    test(`AADSTS${code} asks the administrator for what is needed: ${asks.source}`, () => {
      const message = messageOf(refused('invalid_grant', code));

      assert.match(message, asks);
      assert.equal(/exclude this account/.test(message), /exclude/.test(asks.source));
    });
  }
}

for (const [errorCode, ...codes] of [
  ['account-refused', 50057, 50034, 50105, 50053, 50020],
  ['blocked-by-policy', 53003, 530003, 53009, 530033, 900971, 53005, 53777, 530777, 700003, 135011],
] as const) {
  for (const code of codes) {
    for (const error of ['invalid_grant', 'access_denied', 'authorization_declined', 'unauthorized_client']) {
      test(`AADSTS${code} that comes as ${error} is ${errorCode}, and nobody declined`, () => {
        const failure = failureOn(refused(error, code));

        assert.equal(failure.code, errorCode);
        assert.doesNotMatch(failure.explanation.why, /declined|Cancel/);
      });
    }
  }
}

for (const [what, answer, errorCode] of [
  ['access_denied without a code', json(400, { error: 'access_denied' }), 'sign-in-declined'],
  ['authorization_declined', json(400, { error: 'authorization_declined' }), 'sign-in-declined'],
  [
    'authorization_declined with any other code',
    refused('authorization_declined', 90120),
    'sign-in-declined',
  ],
  ['access_denied with a consent that was declined', refused('access_denied', 65004), 'sign-in-declined'],
  ['access_denied with a code that nobody knows', refused('access_denied', 12345678), 'entra-refused'],
  ['expired_token with its code', refused('expired_token', 70020), 'sign-in-expired'],
  [
    'the suberror protection_policy_required',
    json(400, { error: 'unauthorized_client', suberror: 'protection_policy_required' }),
    'blocked-by-policy',
  ],
  [
    'a name that every object has',
    json(400, { error: 'constructor', suberror: 'toString' }),
    'entra-refused',
  ],
] as const) {
  test(`${what} is ${errorCode}`, () => {
    assert.equal(failureOn(answer).code, errorCode);
  });
}

for (const [text, says, errorCode] of [
  [
    'The request was denied because one or more scopes requested are unauthorized or expired.',
    /lacks consent/,
    'consent-needed',
  ],
  [
    'The user could not be authenticated as the grant is expired.',
    /the refresh token is not valid/,
    'entra-refused',
  ],
  [
    'User account is found to be in service abuse mode.',
    /suspended.*account\.microsoft\.com/s,
    'account-refused',
  ],
] as const) {
  test(`AADSTS70000 is reported with its own cause: ${text}`, () => {
    const failure = failureOn(refused('invalid_grant', 70000, { error_description: `AADSTS70000: ${text}` }));

    assert.equal(failure.code, errorCode);
    assert.match(failure.message, says);
    assert.ok(failure.message.includes(`(AADSTS70000): "${text.replace(/\.$/, '')}".\n`), failure.message);
  });
}

test('the words of the server stand beside the meaning, without ids, names and a second full stop', () => {
  const error_description = `AADSTS50034: The user account alice@contoso.example does not exist in "${correlationId}". To sign in, it must be added.`;

  const { why } = failureOn(refused('invalid_grant', 50034, { error_description })).explanation;

  assert.equal(
    why,
    `the account is not in this tenant (any more), or is of the wrong kind (AADSTS50034): "The user account … does not exist in '…'. To sign in, it must be added".`,
  );
});

test('a long text of the server is cut', () => {
  const error_description = `AADSTS53003: ${'Access has been blocked. '.repeat(20)}`;

  const { why } = failureOn(refused('invalid_grant', 53003, { error_description })).explanation;

  assert.match(why, /"Access has been blocked\. [^"]{150,200}…"\.$/);
});

for (const [error, says] of [
  ['authorization_declined', /pressed Cancel/],
  ['expired_token', /enter the new code/],
  ['bad_verification_code', /type the code exactly/],
  ['access_denied', /declined/],
  ['consent_required', /lacks consent/],
] as const) {
  test(`${error} without a code comes with what to do`, () => {
    assert.match(messageOf(json(400, { error })), says);
  });
}

test('an unknown code gets the code, its text and its ids', () => {
  const message = messageOf(refused('invalid_request', 12345678));

  assert.match(message, /the server responded AADSTS12345678: "What Entra says"\.\n/);
  assert.ok(message.includes(`correlation id ${correlationId}, trace id ${traceId}, time 2026-11-20`));
});

test('a code that stands in the text alone is found', () => {
  const answer = json(400, { error: 'invalid_client', error_description: 'AADSTS7000218: The request body' });

  assert.match(messageOf(answer), /Allow public client flows/);
});

for (const [where, members] of [
  ['the list of codes', { error_codes: [70002, 135011], error_description: 'Error validating credentials.' }],
  [
    'the text alone',
    {
      error_codes: undefined,
      error_description: 'AADSTS70002: Error validating credentials. AADSTS135011: Device is disabled.',
    },
  ],
] as const) {
  test(`a code that names the cause is found behind a general one, in ${where}`, () => {
    const failure = failureOn(refused('invalid_grant', 70002, members));

    assert.equal(failure.code, 'blocked-by-policy');
    assert.match(failure.message, /disabled or deleted \(AADSTS70002, AADSTS135011\): "Error validating/);
    assert.match(failure.message, /\nReference: AADSTS70002, AADSTS135011 \(invalid_grant\), correlation id/);
  });
}

test('what a server says cannot become a command of the runner', () => {
  const answer = refused('invalid_request', 12345678, {
    error_description: 'x\n::add-mask::y\r\n##[error]z\u001b[31m',
    correlation_id: 'id\n::error::a',
    trace_id: '##[group]',
  });

  const message = messageOf(answer);

  for (const dangerous of ['::', '##[', '\r', '\u001b']) assert.ok(!message.includes(dangerous), message);
});
