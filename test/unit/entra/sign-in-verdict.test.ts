import assert from 'node:assert/strict';
import test from 'node:test';
import { oauthError } from '../../../src/entra/error-response.ts';
import { type SignInVerdict, verdictOf } from '../../../src/entra/sign-in-verdict.ts';
import type { HttpResponse } from '../../../src/http/transport.ts';
import { json, refused } from '../fakes/answers.ts';

const verdictOn = (answer: HttpResponse): string => {
  const error = oauthError(answer);
  assert.ok(error);
  return inWords(verdictOf(error));
};

const inWords = (verdict: SignInVerdict): string =>
  verdict.kind === 'blocked' ? verdict.errorCode : verdict.kind;

// Each code of the table of error codes, beside the invalid_grant with which most of them come.
const table: Readonly<Record<string, readonly number[]>> = {
  'lacks-consent': [65001, 90094, 90095, 90008],
  'blocked-by-policy': [
    53003, 530036, 530032, 530034, 530035, 53000, 53001, 50097, 50129, 50005, 53002, 50127, 53004, 53011,
    500212, 500213, 53005, 53009, 530003, 530033, 700003, 135011, 900971,
    // Not in the table: the rest of the two series.
    53006, 53010, 53100, 53999, 530001, 530021, 530999,
  ],
  'account-refused': [50057, 50034, 50105, 50053, 50020, 500208, 51004, 90072],
  'expired-or-revoked': [
    50076, 50074, 50079, 50072, 50078, 50158, 50055, 50144, 50125, 50135, 50173, 700082, 70008, 70043, 70044,
    70000, 50089, 50132, 50133, 700084, 50199, 16000,
    // Not in the table, and of no series of policies.
    12345678, 5300, 5300000, 530,
  ],
  refused: [
    7000218, 700025, 700016, 700011, 7000112, 70001, 90002, 50194, 9002332, 9001023, 90124, 90130, 65002,
    65005, 650056, 650057, 500011, 50001, 650052, 650053, 70011, 28002, 28003, 700022, 28000, 500021, 500022,
    50002, 50196, 90055, 90033, 90006, 90024, 90090, 50033, 70012, 90012,
  ],
};

for (const [verdict, codes] of Object.entries(table)) {
  for (const code of codes) {
    test(`invalid_grant with AADSTS${code} says of the stored sign-in: ${verdict}`, () => {
      assert.equal(verdictOn(refused('invalid_grant', code)), verdict);
    });
  }
}

for (const error of ['access_denied', 'interaction_required', 'unauthorized_client']) {
  for (const [verdict, codes] of [
    ['blocked-by-policy', [53003, 530003, 53009, 530033, 900971, 53777, 530777, 50097]],
    ['account-refused', [50057, 50105]],
    ['lacks-consent', [65001]],
    ['refused', [700016, 50196]],
  ] as const) {
    for (const code of codes) {
      test(`${error} with AADSTS${code} says of the stored sign-in: ${verdict}`, () => {
        assert.equal(verdictOn(refused(error, code)), verdict);
      });
    }
  }
}

for (const [what, answer, verdict] of [
  ['consent_required', json(400, { error: 'consent_required' }), 'lacks-consent'],
  [
    'a missing consent whose code is not known',
    refused('invalid_grant', 12345678, { suberror: 'consent_required' }),
    'lacks-consent',
  ],
  [
    'a missing protection policy',
    refused('unauthorized_client', 53005, { suberror: 'protection_policy_required' }),
    'blocked-by-policy',
  ],
  [
    'a missing protection policy without a code',
    json(400, { error: 'unauthorized_client', suberror: 'protection_policy_required' }),
    'blocked-by-policy',
  ],
  ['protection_policy_required', json(400, { error: 'protection_policy_required' }), 'blocked-by-policy'],
  [
    'a message for the person, without a known code',
    refused('invalid_grant', 12345678, { suberror: 'message_only' }),
    'blocked-by-policy',
  ],
  [
    'a step to be taken outside the sign-in, without a known code',
    refused('interaction_required', 12345678, { suberror: 'additional_action' }),
    'blocked-by-policy',
  ],
  [
    'a message about a disabled account',
    refused('invalid_grant', 50057, { suberror: 'message_only' }),
    'account-refused',
  ],
  [
    'an access that the server denies, in a run without a person',
    json(400, { error: 'access_denied' }),
    'blocked-by-policy',
  ],
  ['invalid_grant alone', json(400, { error: 'invalid_grant' }), 'expired-or-revoked'],
  [
    'a token that is no longer good',
    json(400, { error: 'invalid_grant', suberror: 'bad_token' }),
    'expired-or-revoked',
  ],
  ['login_required', json(400, { error: 'login_required' }), 'expired-or-revoked'],
  ['invalid_client', json(401, { error: 'invalid_client' }), 'refused'],
  ['a policy beside an error of the request', refused('invalid_request', 53003), 'refused'],
  ['unauthorized_client alone', json(400, { error: 'unauthorized_client' }), 'refused'],
  ['a name that every object has', json(400, { error: 'constructor' }), 'refused'],
  ['temporarily_unavailable', json(400, { error: 'temporarily_unavailable' }), 'refused'],
] as const) {
  test(`Of the stored sign-in, ${what} says: ${verdict}`, () => {
    assert.equal(verdictOn(answer), verdict);
  });
}

// As they stand in public reports. Several of them speak of granting access.
for (const [text, verdict] of [
  [
    'The request was denied because one or more scopes requested are unauthorized or expired. The user must first sign in and grant the client application access to the requested scope.',
    'lacks-consent',
  ],
  ['The user has not granted the application access to this scope.', 'lacks-consent'],
  ["The provided value for the input parameter 'scope' is not valid.", 'lacks-consent'],
  [
    'The user could not be authenticated or user interaction is required. The user must sign in again and if needed grant the client application access to the requested scope.',
    'expired-or-revoked',
  ],
  [
    'The user could not be authenticated as the grant is expired. The user must sign in again.',
    'expired-or-revoked',
  ],
  [
    "The provided value for the input parameter 'refresh_token' or 'assertion' is not valid.",
    'expired-or-revoked',
  ],
  ['User account is found to be in service abuse mode.', 'account-refused'],
] as const) {
  test(`AADSTS70000 with "${text.slice(0, 60)}…" says of the stored sign-in: ${verdict}`, () => {
    const error_description = `AADSTS70000: ${text} Trace ID: x Correlation ID: y Timestamp: z`;
    assert.equal(verdictOn(refused('invalid_grant', 70000, { error_description })), verdict);
  });
}

test('the text of AADSTS70000 decides beside this code alone', () => {
  const error_description = 'AADSTS50173: one or more scopes requested are unauthorized, not granted; abuse';
  assert.equal(verdictOn(refused('invalid_grant', 50173, { error_description })), 'expired-or-revoked');
});
