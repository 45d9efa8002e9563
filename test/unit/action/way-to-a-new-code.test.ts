import assert from 'node:assert/strict';
import test from 'node:test';
import { finishPlan } from '../../../src/action/finish-plan.ts';
import { minutes } from '../../../src/clock.ts';
import { Cancelled, type ErrorCode, Failure } from '../../../src/failure.ts';
import { sealPendingSignIn } from '../../../src/sealing/pending-sign-in.ts';
import { FakeClock } from '../fakes/clock.ts';
import { inputsOf } from '../fakes/inputs.ts';
import { contoso } from '../fakes/people.ts';
import { binding, keyOf, keyText } from '../fakes/record-context.ts';
import { workflowRun } from '../fakes/workflow-run.ts';

const key = { 'tenant-id': contoso, 'encryption-key': keyText(1) };

/** What the job that finishes a sign-in makes of an error, when its code has so long to live. */
async function explained(error: Error, left: number): Promise<Error> {
  const clock = new FakeClock();
  const run = workflowRun();
  const text = await sealPendingSignIn(
    {
      answer: { device_code: 'd' },
      scopes: ['User.Read'],
      expiresAt: clock.now() + left,
      claims: '',
      isForced: false,
    },
    {
      key: keyOf(1),
      binding: { ...binding, run: run.runUrl, account: '', scopes: ['User.Read'] },
      now: clock.now(),
    },
  );
  const inputs = inputsOf({ ...key, 'pending-sign-in': text });
  const plan = await finishPlan(inputs, run, clock);
  return plan.explain({ kind: 'failed', error, obtained: undefined, promptedFor: undefined }) as Error;
}

const failure = (code: ErrorCode): Failure =>
  new Failure(code, { what: 'It failed.', why: 'so', fix: 'do.' });

for (const code of ['sign-in-used', 'sign-in-declined', 'wrong-account', 'blocked-by-policy'] as const) {
  test(`after "${code}" only all jobs together get a new code`, async () => {
    const { message } = await explained(failure(code), minutes(5));
    assert.match(message, /^What to do: do\.$/m);
    assert.match(
      message,
      /For a new code choose "Re-run all jobs": "Re-run failed jobs" comes with the old one\./,
    );
  });
}

for (const code of ['sign-in-expired', 'entra-unavailable'] as const) {
  test(`after "${code}" a code that has not expired may be waited for again`, async () => {
    const { message } = await explained(failure(code), minutes(5));
    assert.match(message, /Until \d{4}-.* UTC "Re-run failed jobs" waits for the same code again/);
  });

  test(`after "${code}" a code that has expired may not be waited for again`, async () => {
    const { message } = await explained(failure(code), 0);
    assert.match(message, /For a new code choose "Re-run all jobs"/);
  });
}

for (const error of [failure('sign-in-refused'), new Cancelled(), new Error('unforeseen')]) {
  test(`${error.name} "${error.message.slice(0, 10)}", which costs no code, is left as it is`, async () => {
    assert.equal(await explained(error, minutes(5)), error);
  });
}
