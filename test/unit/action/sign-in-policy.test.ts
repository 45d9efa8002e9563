import assert from 'node:assert/strict';
import test from 'node:test';
import { refusePrompt, storageWarning } from '../../../src/action/sign-in-policy.ts';
import { inputsOf } from '../fakes/inputs.ts';
import { alice, contoso, homeAccountId } from '../fakes/people.ts';
import { workflowRun } from '../fakes/workflow-run.ts';

const workflowCache = { isPerBranch: true };
const secret = { isPerBranch: false };
const needed = { reason: 'it has expired', stores: [workflowCache] };

type Run = Parameters<typeof workflowRun>[0];
const answer = (inputs: Record<string, string>, run: Run = {}) =>
  refusePrompt(needed, inputsOf(inputs), workflowRun(run));

const schedule = { event: 'schedule' };
const bot = { triggeringActor: 'github-actions[bot]' };

for (const [when, inputs, run] of [
  ['somebody dispatched the run', {}, {}],
  ['somebody re-ran it, whatever the event', {}, { ...schedule, attempt: 2 }],
  ['sign-in is "force" and somebody dispatched it', { 'sign-in': 'force' }, {}],
  ['sign-in is "allowed", on a schedule', { 'sign-in': 'allowed' }, schedule],
  ['sign-in is "allowed", by a bot', { 'sign-in': 'allowed' }, bot],
  ['it is a pull request of the repository itself', { 'sign-in': 'allowed' }, { event: 'pull_request' }],
] as const) {
  test(`a person may be asked when ${when}`, () => {
    assert.equal(answer(inputs, run), undefined);
  });
}

for (const [when, inputs, run, says] of [
  ['on a schedule', {}, schedule, /the event is "schedule"/],
  ['on a push', {}, { event: 'push' }, /the event is "push"/],
  ['a bot dispatched it', {}, bot, /started by github-actions\[bot\]/],
  ['a bot re-ran it', {}, { ...bot, attempt: 2 }, /started by github-actions\[bot\]/],
  ['sign-in is "force", on a schedule', { 'sign-in': 'force' }, schedule, /sign-in is "force"/],
] as const) {
  test(`nobody is asked to sign in when ${when}; the message names both ways to go on`, () => {
    const failure = answer(inputs, run);

    assert.equal(failure?.code, 'sign-in-needed');
    assert.match(failure.message, says);
    assert.match(failure.message, /it has expired/);
    assert.match(
      failure.message,
      /re-run this run and sign in: https:\/\/github\.example\/o\/r\/actions\/runs\/42$/m,
    );
    assert.match(
      failure.message,
      /dispatch the workflow by hand: https:\/\/github\.example\/o\/r\/actions\/workflows/,
    );
  });
}

const notPrivate = { isPrivate: false };
test('where others can read the log, no sign-in starts without an account', () => {
  const failure = answer({ 'tenant-id': contoso }, notPrivate);

  assert.equal(failure?.code, 'sign-in-refused');
  assert.match(failure.message, /set the input account/);
});

for (const tenant of ['organizations', 'common', '']) {
  test(`there, a user principal name is not enough with tenant-id "${tenant}"`, () => {
    const failure = answer({ 'tenant-id': tenant, account: 'alice@contoso.example' }, notPrivate);

    assert.equal(failure?.code, 'sign-in-refused');
    assert.match(failure.message, /set tenant-id to your tenant, or account to the home account id/);
  });
}

test('there, a phone number is a name as any other, and not enough without a tenant', () => {
  const failure = answer({ 'tenant-id': 'organizations', account: '+15551234567' }, notPrivate);

  assert.equal(failure?.code, 'sign-in-refused');
});

test('there, no spelling of an authority hides that it stands for every tenant', () => {
  for (const tenant of ['common', 'Common/v2.0', 'organizations/', 'organizations/V2.0/']) {
    const authority = `https://login.windows.net/${tenant}`;
    const failure = answer({ authority, account: 'alice@contoso.example' }, notPrivate);
    assert.equal(failure?.code, 'sign-in-refused', tenant);
  }
});

for (const [account, tenant] of [
  ['alice@contoso.example', contoso],
  ['+15551234567', 'consumers'],
  ['alice@contoso.example', 'contoso.example'],
  ['carol@outlook.example', 'consumers'],
  [homeAccountId(alice), 'organizations'],
] as const) {
  test(`there, ${account} in ${tenant} may be asked`, () => {
    assert.equal(answer({ 'tenant-id': tenant, account }, notPrivate), undefined);
  });
}

const warned = { inputs: inputsOf({}), run: workflowRun() };

test('before the code is shown, a warning says when the sign-in will be lost', () => {
  const topic = workflowRun({ ref: 'refs/heads/topic' });

  assert.equal(storageWarning({ ...warned, stores: [workflowCache] }), undefined);
  assert.match(
    storageWarning({ ...warned, run: topic, stores: [workflowCache] }) ?? '',
    /refs\/heads\/topic only.*refs\/heads\/main/,
  );
  assert.match(storageWarning({ ...warned, stores: [] }) ?? '', /give encryption-key a value/);
});

test('a secret is seen from every branch, so with one nothing is lost', () => {
  const topic = workflowRun({ ref: 'refs/heads/topic' });

  assert.equal(storageWarning({ ...warned, run: topic, stores: [secret] }), undefined);
  assert.equal(storageWarning({ ...warned, run: topic, stores: [workflowCache, secret] }), undefined);
});
