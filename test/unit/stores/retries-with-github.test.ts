import assert from 'node:assert/strict';
import test from 'node:test';
import { minutes, seconds } from '../../../src/clock.ts';
import { type HttpResponse, TransportError } from '../../../src/http/transport.ts';
import { askGithub, GithubUnavailable } from '../../../src/stores/actions-secret/github-api.ts';
import { FakeClock } from '../fakes/clock.ts';

const question = { method: 'GET', url: 'https://api.github.example/', headers: {} } as const;

/** Asks a GitHub that answers so, one after another, and the last one for ever. */
async function ask(answers: readonly (HttpResponse | Error)[], patience = seconds(15), jump = 0) {
  const clock = new FakeClock();
  clock.whileAsleep = () => clock.jump(jump);
  const timeouts: number[] = [];
  const network = {
    clock,
    random: () => 0.5,
    transport: async (_: unknown, { timeout }: { readonly timeout: number }) => {
      const answer = answers[Math.min(timeouts.push(timeout), answers.length) - 1];
      if (!answer || answer instanceof Error) throw answer;
      return answer;
    },
  };
  const bounds = { until: clock.monotonic() + patience, signal: new AbortController().signal };
  const outcome = await askGithub(question, network, bounds).catch((error: unknown) => error);
  return { outcome, waits: clock.waits, timeouts, passed: clock.passed };
}

const answer = (status: number, headers: Record<string, string> = {}, body = ''): HttpResponse => ({
  status,
  headers,
  body,
});
const fine = answer(200);

test('A passing fault is tried again, after a longer wait each time', async () => {
  const { outcome, waits } = await ask([answer(502), new TransportError('reset'), answer(503), fine]);

  assert.equal(outcome, fine);
  assert.deepEqual(waits, [1000, 2000, 4000]);
});

test('At the deadline the last error is reported; no attempt and no wait goes beyond it', async () => {
  const { outcome, passed, timeouts } = await ask([answer(503)]);

  assert.ok(outcome instanceof GithubUnavailable);
  assert.equal(outcome.message, "GitHub's API is failing (503)");
  assert.ok(passed < seconds(15));
  assert.ok(timeouts.every((timeout) => timeout <= seconds(10)));
  assert.ok(timeouts.length > 2);
});

for (const jump of [minutes(20), -minutes(120)]) {
  test(`The deadline stays the same when the clock is set by ${jump / minutes(1)} minutes in every wait`, async () => {
    const { timeouts, passed } = await ask([answer(503)], seconds(15), jump);

    const { timeouts: usual, passed: usually } = await ask([answer(503)]);
    assert.deepEqual([timeouts, passed], [usual, usually]);
  });
}

test('A response that refuses the request is final, and is not retried', async () => {
  for (const status of [401, 403, 404, 422]) {
    const { outcome, timeouts } = await ask([answer(status), fine]);
    assert.equal((outcome as HttpResponse).status, status);
    assert.equal(timeouts.length, 1);
  }
});

const now = 'Tue, 24 Nov 2026 20:00:00 GMT';
const resetsIn = (time: number): string => String(Date.parse(now) / 1000 + time);
for (const [what, limited, wait] of [
  ['a 429 that names seconds', answer(429, { 'retry-after': '7' }), 7],
  ['a 403 that names seconds', answer(403, { 'retry-after': '7' }), 7],
  [
    'a 403 whose hour is used up',
    answer(403, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': resetsIn(9), date: now }),
    9,
  ],
  ['a 403 that speaks of a secondary limit', answer(403, {}, '{"message":"… secondary rate limit"}'), 60],
  ['a 429 that says nothing', answer(429), 60],
] as const) {
  test(`${what} is waited out where there is time, for ${wait} s and a part of the spread`, async () => {
    // Half of the window over which throttled runs are spread.
    const spread = seconds(6);
    assert.deepEqual((await ask([limited, fine], seconds(90))).waits, [seconds(wait) + spread]);
  });

  test(`${what} is not waited for where there is none`, async () => {
    const { outcome, waits } = await ask([limited, fine], seconds(5));

    assert.ok(outcome instanceof GithubUnavailable);
    assert.match(outcome.message, new RegExp(`asks to wait ${wait} s$`));
    assert.deepEqual(waits, []);
  });
}

test('A certificate that is not trusted is reported at once', async () => {
  const { outcome, timeouts } = await ask([new TransportError('not trusted', { permanent: true }), fine]);

  assert.ok(outcome instanceof GithubUnavailable && outcome.permanent);
  assert.equal(timeouts.length, 1);
});

test('An error that is not of the network is thrown on', async () => {
  const foreign = new TypeError('not foreseen');

  assert.equal((await ask([foreign, fine])).outcome, foreign);
});
