import assert from 'node:assert/strict';
import test from 'node:test';
import { type ErrorCode, Failure } from '../../../src/failure.ts';
import { correlationId, granted, json, refused, traceId } from '../fakes/answers.ts';
import { always } from '../fakes/entra.ts';
import { failureOf } from '../fakes/failure.ts';
import { alice } from '../fakes/people.ts';
import { tokenRequest } from '../fakes/request.ts';
import { run, signedIn } from '../fakes/signed-in.ts';
import { worldWith } from '../fakes/world.ts';

const refusals = ['sign-in-needed', 'sign-in-refused'] as const;
const refusal = (code: ErrorCode) =>
  new Failure(code, { what: 'Nobody can be asked.', why: '', fix: 're-run this run and sign in: URL' });
const smtp = 'https://outlook.office.com/SMTP.Send';
const graphAndMail = tokenRequest({ scopes: ['User.Read', smtp] });

function assertReference({ explanation: { reference = '' }, message }: Failure, code: number): void {
  for (const id of [`AADSTS${code}`, correlationId, traceId, '2026-11-20 08:30:00Z'])
    assert.ok(reference.includes(id), message);
}

for (const [code, advice] of [
  [50173, /^re-run this run/],
  [99999999, /^re-run this run/],
  [700082, /^sign in again; let a schedule run more often.*\nRe-run this run and sign in: URL$/],
  [70043, /^sign in again; for an unattended schedule an administrator must exclude.*\nRe-run/],
  [50076, /^sign in again, and finish it there\.\nRe-run/],
  [50055, /^change it, then sign in again\.\nRe-run/],
  [65001, /^sign in again, and accept; or ask for admin consent\.\nRe-run/],
  [70000, /^sign in again; for a personal account set tenant-id to "consumers"\.\nRe-run/],
] as const) {
  for (const refusedAs of refusals) {
    test(`where a sign-in helps after ${code}, a run that may not ask (${refusedAs}) says so with the reference and the hint`, async () => {
      const stored = await signedIn(alice, { expiresIn: 60 });
      const world = worldWith({ token: [refused('invalid_grant', code)], refusal: refusal(refusedAs) });

      const failure = await failureOf(run(world, [stored]), refusedAs);

      assert.match(failure.explanation.fix, advice);
      assertReference(failure, code);
    });
  }
}

for (const [code, errorCode, request] of [
  [53003, 'blocked-by-policy', /exclude this account and this app, and nothing else, from the policy/],
  [53000, 'blocked-by-policy', /exclude this account and this app, and nothing else, from the policy/],
  [50131, 'blocked-by-policy', /exclude this account and this app, and nothing else, from the policy/],
  [530035, 'blocked-by-policy', /Security defaults exclude nobody/],
  [53004, 'blocked-by-policy', /look at the risk of the account/],
  [700003, 'blocked-by-policy', /enable the device/],
  [50057, 'account-refused', /Please enable the account/],
  [50034, 'account-refused', /Please restore the account if it was deleted/],
  [500341, 'account-refused', /Please restore the account if it was deleted/],
  [50105, 'account-refused', /Please assign this account to the app/],
  [50053, 'account-refused', /why the account is locked, and unlock it/],
  [7000112, 'entra-refused', /Please enable the app/],
  [90094, 'consent-needed', /adminconsent\?client_id=/],
] as const) {
  for (const refusedAs of refusals) {
    test(`where no sign-in helps after ${code}, a run that may not ask (${refusedAs}) asks the administrator for what is needed`, async () => {
      const stored = await signedIn(alice, { expiresIn: 60 });
      const world = worldWith({ token: [refused('invalid_grant', code)], refusal: refusal(refusedAs) });

      const failure = await failureOf(run(world, [stored]), errorCode);

      assert.match(failure.explanation.fix, /For your administrator: /);
      assert.match(failure.explanation.fix, request);
      assert.doesNotMatch(failure.message, /re-run/i);
      if (errorCode !== 'blocked-by-policy') assert.doesNotMatch(failure.message, /policy/);
      assertReference(failure, code);
    });
  }
}

test('an app registration that lacks a permission is not a matter for a sign-in, also where Entra asks for consent', async () => {
  const lacking = refused('invalid_grant', 650057, { suberror: 'consent_required' });
  const world = worldWith({ token: [lacking], refusal: refusal('sign-in-needed') });

  await failureOf(run(world, [await signedIn(alice, { expiresIn: 60 })]), 'entra-refused');
});

test('a refusal for one resource is not called a refusal of the sign-in, which gave a token for another', async () => {
  const world = worldWith({
    token: [granted(alice), refused('invalid_grant', 53003)],
    refusal: refusal('sign-in-needed'),
  });

  const failure = await failureOf(
    run(world, [await signedIn(alice, { expiresIn: 60 })], graphAndMail),
    'blocked-by-policy',
  );

  assert.equal(failure.explanation.what, `Microsoft Entra refused the request for a token for ${smtp}.`);
});

test('where a store cannot be read, the reference to what Entra said of the other sign-in stays', async () => {
  const world = worldWith({ token: [refused('invalid_grant', 50173)] });
  const down = () => refusal('cache-unavailable');

  const failure = await failureOf(
    run(world, [await signedIn(alice, { expiresIn: 60 })], tokenRequest(), down),
    'cache-unavailable',
  );

  assertReference(failure, 50173);
});

test('a passing fault of Entra is reported with its reference', async () => {
  const world = worldWith({ token: always(json(503, JSON.parse(refused('server_error', 90033).body))) });

  const failure = await failureOf(
    run(world, [await signedIn(alice, { expiresIn: 60 })]),
    'entra-unavailable',
  );

  assertReference(failure, 90033);
});

test('a refusal that says nothing comes with a text for the administrator all the same', async () => {
  const denied = json(400, { error: 'access_denied', correlation_id: correlationId });
  const world = worldWith({ token: [denied], refusal: refusal('sign-in-needed') });

  const failure = await failureOf(
    run(world, [await signedIn(alice, { expiresIn: 60 })]),
    'blocked-by-policy',
  );

  assert.match(failure.explanation.fix, /For your administrator: .*look up in the sign-in log what blocks/s);
  assert.doesNotMatch(failure.message, /policy/);
});
