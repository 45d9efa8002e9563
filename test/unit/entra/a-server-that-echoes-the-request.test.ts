import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import test from 'node:test';
import { oauthError } from '../../../src/entra/error-response.ts';
import { attemptOnce } from '../../../src/entra/exchange.ts';
import { correlationId, deviceCode, granted, json, pending, refused, traceId } from '../fakes/answers.ts';
import { FakeClock } from '../fakes/clock.ts';
import { failureOf } from '../fakes/failure.ts';
import { alice } from '../fakes/people.ts';
import { clientId } from '../fakes/request.ts';
import { run, signedIn } from '../fakes/signed-in.ts';
import { worldWith } from '../fakes/world.ts';

const secret = (): string => `0.${randomBytes(300).toString('base64url')}`;
const runsOf = (value: string): readonly string[] =>
  [...value.slice(7)].map((_, start) => value.slice(start, start + 8));

function assertShowsNothingOf(value: string, texts: readonly string[]): void {
  const text = texts.join('\n');
  for (const spelled of [value, Buffer.from(value).toString('base64'), Buffer.from(value).toString('hex')])
    for (const part of runsOf(spelled)) assert.ok(!text.includes(part), `${part} is in:\n${text}`);
}

const members = [
  'error',
  'suberror',
  'error_description',
  'error_uri',
  'correlation_id',
  'trace_id',
  'timestamp',
  'claims',
  'message',
  'user_code',
  'verification_uri',
  'invented',
];

/** What an attempt makes of a response, and what decisions and messages are made of. */
async function received(body: string, answer: Record<string, unknown>) {
  const outcome = await attemptOnce(
    { method: 'POST', url: 'https://login.microsoftonline.com/common/oauth2/v2.0/token', headers: {}, body },
    { transport: async () => json(400, answer), clock: new FakeClock(), random: () => 0.5 },
  );
  assert.ok('response' in outcome);
  return { text: outcome.response.body, error: oauthError(outcome.response) };
}

for (const parameter of [
  'refresh_token',
  'device_code',
  'code',
  'code_verifier',
  'client_assertion',
  'of_next_year',
]) {
  test(`a ${parameter} that the server echoes in any member is in none of them`, async () => {
    const value = secret();
    const form = new URLSearchParams({
      client_id: clientId,
      [parameter]: value,
      scope: 'User.Read',
    }).toString();
    for (const member of members)
      for (const echo of [value, value.slice(100, 390), encodeURIComponent(form), `{"x":"${value}"}`]) {
        const { text, error } = await received(form, { error: 'invalid_grant', [member]: echo });
        assertShowsNothingOf(value, [text, JSON.stringify(error)]);
        const isRead = !['message', 'user_code', 'verification_uri', 'invented'].includes(member);
        assert.equal(text.includes('***'), isRead, member);
      }
  });
}

test('what stands around the echo stays: the code, the ids, the sentence', async () => {
  const value = secret();
  const { error } = await received(`refresh_token=${value}`, {
    error: 'invalid_grant',
    error_description: `AADSTS70000: The grant '${value}' was not accepted. Trace ID: ${traceId}`,
    error_codes: [70000],
    correlation_id: correlationId,
    trace_id: traceId,
    timestamp: '2026-11-20 08:30:00Z',
  });

  assert.deepEqual(error, {
    status: 400,
    error: 'invalid_grant',
    suberror: '',
    codes: [70000],
    description: "The grant '***' was not accepted.",
    correlationId,
    traceId,
    timestamp: '2026-11-20 08:30:00Z',
    claims: '',
  });
});

test('a token that the response itself has beside the error is in none of its texts', async () => {
  const value = secret();
  const { text, error } = await received('', {
    error: 'x',
    access_token: value,
    error_description: `of ${value}`,
  });

  assertShowsNothingOf(value, [JSON.stringify(error)]);
  assert.equal((JSON.parse(text) as { access_token: string }).access_token, value);
});

test('a response of a megabyte is looked at as far as anybody reads it', async () => {
  const value = secret();
  const long = 'a\u0301%41&amp;'.repeat(80_000);
  const members = Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`m${index}`, value]));
  for (const answer of [
    members,
    { error_description: `${value}${long}`, claims: JSON.stringify({ long }) },
    { error_codes: Array.from({ length: 40_000 }, (_, index) => index) },
    { access_token: secret().repeat(2000), error_description: value },
  ]) {
    const { text, error } = await received(`refresh_token=${value}`, { error: 'invalid_grant', ...answer });

    assertShowsNothingOf(value, [JSON.stringify(error)]);
    assert.ok(!('access_token' in answer) === text.length < 20_000);
  }
});

test('digits of a secret are no code, and a longer number is none either', async () => {
  const { error } = await received('refresh_token=x.12345678.y', {
    error: 'invalid_grant',
    error_codes: [12345678, 123456789, 1e21, -5, 0.5, '70000', 50173],
    error_description: 'AADSTS12345678: x',
  });

  assert.deepEqual([error?.codes, error?.description], [[50173], 'AADSTS***: x']);
});

for (const [member, text] of [
  ['correlation_id', 'see https://evil.example'],
  ['correlation_id', `${correlationId}-1`],
  ['trace_id', '7d7b1a4c00004000800000000000face'],
  ['timestamp', 'yesterday'],
  ['timestamp', '2026-11-20 08:30:00Z and more'],
] as const) {
  test(`a ${member} that is none ("${text}") is left out`, async () => {
    const { error } = await received('', { error: 'invalid_grant', [member]: text });
    assert.deepEqual([error?.correlationId, error?.traceId, error?.timestamp], ['', '', '']);
  });
}

for (const timestamp of [
  '2026-11-20T08:30:00Z',
  '2026-11-20T08:30:00.1234567+01:00',
  '2026-11-20 08:30:00',
]) {
  test(`${timestamp} is a time`, async () => {
    const { error } = await received('', { error: 'invalid_grant', timestamp });
    assert.equal(error?.timestamp, timestamp);
  });
}

test('a refresh token that comes back in a refusal is in no line of the log and in no message', async () => {
  const refreshToken = secret();
  const earlier = await signedIn(alice, { expiresIn: 200, refreshToken });
  const echo = refused('invalid_grant', 999999, { error_description: `Bad request: grant=${refreshToken}` });
  const world = worldWith({ token: [echo], deviceCode: [refused('invalid_client', 7000218)] });

  const failure = await failureOf(run(world, [earlier]), 'entra-refused');

  assert.match(world.asked.join(), /Bad request: grant=\*\*\*/);
  assertShowsNothingOf(refreshToken, [...world.asked, ...world.infos, ...world.warnings, failure.message]);
});

test('a device code that comes back while the person signs in is in no message', async () => {
  const deviceCodeOfServer = secret();
  const echo = json(400, { error: deviceCodeOfServer.slice(3, 60), error_description: deviceCodeOfServer });
  const world = worldWith({
    deviceCode: [deviceCode({ device_code: deviceCodeOfServer })],
    token: [pending, echo],
  });

  const failure = await failureOf(run(world), 'entra-refused');

  assert.match(failure.message, /\*\*\*/);
  assertShowsNothingOf(deviceCodeOfServer, [failure.message]);
});

test('a success is taken as it came, whatever it repeats', async () => {
  const refreshToken = secret();
  const earlier = await signedIn(alice, { expiresIn: 200, refreshToken });
  const world = worldWith({ token: [granted(alice, { refreshToken, scope: `User.Read ${refreshToken}` })] });

  const { scopes } = await run(world, [earlier]);

  assert.ok(scopes.includes(refreshToken));
});
