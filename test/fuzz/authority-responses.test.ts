import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createTokenEvents } from '../../src/action/token-events.ts';
import { minutes, seconds } from '../../src/clock.ts';
import { groupByResource } from '../../src/entra/scopes.ts';
import { Failure } from '../../src/failure.ts';
import { type HttpResponse, TransportError } from '../../src/http/transport.ts';
import { toMsalCache } from '../../src/msal-cache/msal-cache.ts';
import { toMsalNodeCache } from '../../src/msal-cache/msal-node-cache.ts';
import { getAccessTokens } from '../../src/token/get-access-tokens.ts';
import type { TokenPorts } from '../../src/token/token-ports.ts';
import type { Candidate } from '../../src/token/token-request.ts';
import {
  deviceCode,
  granted,
  html,
  idToken,
  json,
  pending,
  refused,
  slowDown,
} from '../unit/fakes/answers.ts';
import { FakeClock } from '../unit/fakes/clock.ts';
import { alice } from '../unit/fakes/people.ts';
import { recordContext } from '../unit/fakes/record-context.ts';
import { tokenRequest } from '../unit/fakes/request.ts';
import { signedIn } from '../unit/fakes/signed-in.ts';
import { smallCacheText } from '../unit/fakes/small-cache.ts';
import { hostileText } from './hostile-text.ts';
import { property } from './property.ts';
import { serializedCache } from './serialized-cache.ts';

const strange = fc.oneof(
  fc.jsonValue({ maxDepth: 1 }),
  hostileText,
  fc.constantFrom<unknown>(0, -1, 1e-9, 1e-300, 0.5, 1e300, '900', '0', 'soon', '', null, true, [], {}),
);

/** A good answer with some members changed, and some left out. */
function changed(answer: HttpResponse): fc.Arbitrary<HttpResponse> {
  const members = Object.entries(JSON.parse(answer.body) as Record<string, unknown>);
  return fc
    .tuple(
      fc.dictionary(fc.constantFrom(...members.map(([name]) => name), 'error', 'claims'), strange, {
        maxKeys: 3,
      }),
      fc.subarray(members, { minLength: Math.max(members.length - 2, 0) }),
      fc.oneof({ weight: 5, arbitrary: fc.constant(answer.status) }, { weight: 1, arbitrary: status }),
      headers,
    )
    .map(([changes, kept, code, extra]) => json(code, { ...Object.fromEntries(kept), ...changes }, extra));
}

const status = fc.oneof(
  fc.constantFrom(
    200,
    201,
    204,
    301,
    302,
    307,
    400,
    401,
    403,
    404,
    407,
    418,
    429,
    500,
    502,
    503,
    599,
    100,
    999,
  ),
  fc.integer({ min: 100, max: 999 }),
);
const headers = fc.dictionary(
  fc.constantFrom('retry-after', 'date', 'x-ms-request-id', 'content-type', 'location', 'x-ms-clitelem'),
  fc.oneof(
    fc.constantFrom(
      '0',
      '1',
      '120',
      '999999',
      '-5',
      '1e9',
      'Tue, 24 Nov 2099 20:00:00 GMT',
      'Thu, 01 Jan 1970 00:00:00 GMT',
    ),
    hostileText,
  ),
  { maxKeys: 3 },
);
const anyBody = fc.oneof(
  fc.json(),
  fc.string({ unit: 'binary' }),
  hostileText,
  fc.constantFrom('', '{', 'null', '[]', '{}'),
);
const anyAnswer = fc.record({ status, headers, body: anyBody });
const idTokens = fc
  .oneof(fc.constantFrom('e30.e30.e30', 'e30.bnVsbA.', 'a.b', '...', idToken(alice)), hostileText)
  .map((id_token) => json(200, { ...(JSON.parse(granted(alice).body) as object), id_token }));

const answers = fc.oneof<fc.Arbitrary<HttpResponse | Error>[]>(
  changed(granted(alice)),
  changed(refused('invalid_grant', 50173)),
  fc.constantFrom(
    pending,
    slowDown,
    html(200),
    refused('invalid_grant', 50196),
    refused('consent_required', 65001),
  ),
  fc.constantFrom(
    new TransportError('the connection was reset'),
    new TransportError('no trust', { permanent: true }),
  ),
  idTokens,
  anyAnswer,
);

interface Told {
  readonly codes: readonly (HttpResponse | Error)[];
  readonly tokens: readonly (HttpResponse | Error)[];
}

const mostRequests = 3000;

/** An authority that gives these answers in turn, the last one for ever. */
function portsTo({ codes, tokens }: Told): { ports: TokenPorts; clock: FakeClock } {
  const clock = new FakeClock();
  const asked = { devicecode: 0, token: 0 };
  const transport: TokenPorts['network']['transport'] = async ({ url }) => {
    const isCode = /\/devicecode(\?|$)/.test(url);
    const list = isCode ? codes : tokens;
    const index = isCode ? asked.devicecode++ : asked.token++;
    if (index > mostRequests) throw new Error('it asks without an end');
    const answer = list[Math.min(index, list.length - 1)];
    if (answer === undefined || answer instanceof Error) throw answer ?? new TransportError('nobody answers');
    return answer;
  };
  return {
    clock,
    ports: {
      network: { transport, clock, random: () => 0.5 },
      person: {
        prompt: async () => undefined,
        show: async () => undefined,
        reminderInterval: seconds(30),
        remind: () => undefined,
      },
      mask: () => undefined,
      events: createTokenEvents({ info: () => undefined, warning: () => undefined }, { isPrivate: true }),
    },
  };
}

/** A token that can be output, or a failure that says what to do; in a bounded time and number of requests. */
async function endsWell(
  told: Told,
  candidates: readonly Candidate[],
  request = tokenRequest(),
): Promise<void> {
  const { ports, clock } = portsTo(told);
  const outcome = await getAccessTokens(request, { candidates }, ports);
  assert.ok(clock.passed <= minutes(20), `it took ${clock.passed} ms`);
  assert.notEqual(outcome.kind, 'pending');
  if (outcome.kind === 'failed') {
    if (!(outcome.error instanceof Failure)) throw outcome.error;
    assert.notEqual(outcome.error.code, 'internal-error');
    return;
  }
  assert.equal(outcome.kind, 'tokens');
  const { tokens: held, expiresOn, account, scopes } = outcome.signIn;
  assert.equal(held.length, groupByResource(request.scopes, request.authority).length);
  for (const { token } of held) assert.ok(typeof token === 'string' && token !== '', 'a token that is none');
  assert.ok(!Number.isNaN(expiresOn.getTime()), 'a token that ends at no time');
  for (const text of [account.username, account.homeAccountId, account.tenantId])
    assert.equal(typeof text, 'string');
  for (const scope of scopes) assert.equal(typeof scope, 'string');
}

const stale = await signedIn(alice, { expiresIn: 60 });

property(
  'whatever the authority answers to a silent request, the end is a token or a failure that says what to do',
  fc.record({
    codes: fc.constant([new TransportError('off', { permanent: true })]),
    tokens: fc.array(answers, { minLength: 1, maxLength: 4 }),
  }),
  (told) => endsWell(told, [stale]),
);

property(
  'whatever the authority answers to a request for a device code, the end is a token or a failure',
  fc.record({
    codes: fc.array(fc.oneof(changed(deviceCode()), anyAnswer), { minLength: 1, maxLength: 2 }),
    tokens: fc.constantFrom([granted(alice)], [pending], [pending, granted(alice)], [slowDown]),
  }),
  (told) => endsWell(told, []),
);

property(
  'whatever the authority answers to a poll, the end is a token or a failure',
  fc.record({
    codes: fc.constant([deviceCode()]),
    tokens: fc.array(answers, { minLength: 1, maxLength: 5 }),
  }),
  (told) => endsWell(told, []),
);

property(
  'of several resources all tokens are there, or none',
  fc.record({
    codes: fc.constant([deviceCode()]),
    tokens: fc.array(answers, { minLength: 1, maxLength: 5 }),
  }),
  (told) =>
    endsWell(told, [stale], tokenRequest({ scopes: ['User.Read', 'https://outlook.office.com/SMTP.Send'] })),
);

property(
  'whatever a cache holds that was let in, the end is a token or a failure',
  fc.record({ cache: serializedCache, token: answers }),
  async ({ cache, token }) => {
    const { owner } = recordContext();
    let filed: string;
    try {
      filed = JSON.stringify(toMsalNodeCache(toMsalCache(JSON.parse(cache)), owner));
    } catch {
      filed = smallCacheText(alice);
    }
    const told = { codes: [new TransportError('off', { permanent: true })], tokens: [token] };
    await endsWell(told, [{ origin: 'token-cache', cache: filed, details: {} }]);
  },
);

property(
  'however long a code is said to live, and however often to ask, the waiting ends and the authority is not flooded',
  fc.record({
    expires_in: strange,
    interval: strange,
    last: fc.constantFrom(pending, slowDown, granted(alice)),
  }),
  async ({ last, ...times }) => {
    await endsWell({ codes: [deviceCode(times)], tokens: [pending, last] }, []);
  },
);
