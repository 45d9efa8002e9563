import assert from 'node:assert/strict';
import test from 'node:test';
import { refusePrompt, storageWarning } from '../../../src/action/sign-in-policy.ts';
import { explanationOf } from '../fakes/explained.ts';
import { inputsOf } from '../fakes/inputs.ts';
import { contoso } from '../fakes/people.ts';
import { workflowRun } from '../fakes/workflow-run.ts';

const explained = (inputs: Record<string, string>, run: Parameters<typeof workflowRun>[0]) =>
  explanationOf(
    refusePrompt(
      { reason: 'no sign-in is stored', stores: [{ isPerBranch: true }] },
      inputsOf(inputs),
      workflowRun(run),
    ),
  );

for (const [where, inputs, run, ends] of [
  ['sign-in is "never"', { 'sign-in': 'never' }, {}, 'sign-in is "never".'],
  ['the run is on a schedule', {}, { event: 'schedule' }, 'the event is "schedule".'],
  ['a bot started the run', {}, { triggeringActor: 'renovate[bot]' }, 'started by renovate[bot].'],
] as const) {
  test(`where ${where}, the reason ends with that`, () => {
    const { why } = explained(inputs, run);

    assert.ok(why.startsWith('no sign-in is stored. ') && why.endsWith(ends), why);
  });
}

test('another sign-in than "never" is advised only where sign-in is "never"', () => {
  assert.match(explained({ 'sign-in': 'never' }, {}).fix, /set sign-in to "auto"/);
  assert.doesNotMatch(explained({}, { event: 'schedule' }).fix, /set sign-in/);
});

for (const [what, run, names] of [
  ['Dependabot', { event: 'push', actor: 'dependabot[bot]' }, /Dependabot .*"push"/],
  ['an event that outsiders cause', { event: 'issue_comment' }, /"issue_comment"/],
  ['a fork', { event: 'pull_request', isForkPullRequest: true }, /fork .*"pull_request"/],
] as const) {
  test(`a run of ${what} is refused with its event and the reason`, () => {
    const { why } = explained({}, run);

    assert.match(why, names);
    assert.match(why, /^no sign-in is stored\. /);
  });
}

test('where others can read the log, the reason says so, and names a tenant-id that stands for many tenants', () => {
  const unnamed = explained({ 'tenant-id': contoso }, { isPrivate: false });
  const named = explained(
    { 'tenant-id': 'organizations', account: 'alice@contoso.example' },
    { isPrivate: false },
  );

  for (const { why } of [unnamed, named]) assert.match(why, /^no sign-in is stored\. .*this repository/);
  assert.match(named.why, /"organizations"/);
  assert.doesNotMatch(unnamed.why, /tenant/);
});

test('where the default branch is not known, no branch is said to hide the sign-in', () => {
  const run = workflowRun({ ref: 'refs/heads/topic', defaultRef: undefined });

  assert.equal(storageWarning({ stores: [{ isPerBranch: true }], inputs: inputsOf({}), run }), undefined);
});
