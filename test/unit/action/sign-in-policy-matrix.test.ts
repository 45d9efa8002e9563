/**
 * The sign-in policy on events as the platform sends them. That a refused step sends no request to Entra, and that an
 * allowed one signs in, is shown once for each rule in test/sign-in-policy and test/e2e, with a process of its own.
 */
import assert from 'node:assert/strict';
import test from 'node:test';
import type { WorkflowEvent } from '../../../sandbox/runner/event.ts';
import {
  byDependabot,
  issueComment,
  otherEvent,
  pullRequest,
  pullRequestTarget,
  push,
  rerun,
  schedule,
  workflowDispatch,
  workflowRun,
} from '../../../sandbox/runner/events.ts';
import { refusePrompt } from '../../../src/action/sign-in-policy.ts';
import type { Failure } from '../../../src/failure.ts';
import { refusalOfInputs } from '../fakes/bad-input.ts';
import { runOfEvent } from '../fakes/event.ts';
import { inputsOf } from '../fakes/inputs.ts';
import { alice, contoso } from '../fakes/people.ts';

type StepInputs = Readonly<Record<string, string>>;

function refusalOf(event: WorkflowEvent, inputs: StepInputs = {}): Failure | undefined {
  const run = runOfEvent(event);
  return refusePrompt(
    { reason: 'nothing is stored', stores: [{ isPerBranch: true }] },
    inputsOf(inputs, run),
    run,
  );
}

const scheduleInPrivate = schedule({ repositoryInPayload: true });
const renovate = { by: 'renovate[bot]' };
const octocat = { by: 'octocat' };

/** As the platform sends it once the fork was deleted. */
function ofDeletedFork(event: WorkflowEvent): WorkflowEvent {
  const request = event.payload['pull_request'] as { readonly head: object };
  return {
    ...event,
    payload: { ...event.payload, pull_request: { ...request, head: { ...request.head, repo: null } } },
  };
}

for (const [what, event] of [
  ['pull_request_target', pullRequestTarget()],
  ['issue_comment', issueComment()],
  ['workflow_run', workflowRun()],
  ['pull_request from a fork', pullRequest({ fork: true })],
  ['pull_request of a bot', pullRequest({ actor: 'renovate[bot]' })],
  ['issues', otherEvent('issues')],
  ['watch', otherEvent('watch')],
  ['discussion, re-run by a member', rerun(otherEvent('discussion'), octocat)],
  ['an event of next year', otherEvent('an_event_of_next_year')],
] as const) {
  test(`Although sign-in is allowed, no sign-in starts on ${what}, and the message names the event and the way on`, () => {
    const failure = refusalOf(event, { 'sign-in': 'allowed' });
    assert.equal(failure?.code, 'sign-in-refused');
    assert.match(failure.message, /must not start in this run/);
    assert.ok(failure.message.includes(`"${event.name}"`));
    assert.match(failure.message, /dispatch the workflow by hand/);
  });
}

for (const [what, event] of [
  ['a pull request from a fork that was deleted', ofDeletedFork(pullRequest({ fork: true }))],
  ['a pull request from a fork that a member re-runs', rerun(pullRequest({ fork: true }), octocat)],
  ['a pull_request_target that a member re-runs', rerun(pullRequestTarget({ fork: true }), octocat)],
  ['a pull_request_target of the repository itself', pullRequestTarget()],
] as const) {
  for (const signIn of ['auto', 'allowed', 'force']) {
    test(`No sign-in starts on ${what} with sign-in: ${signIn}`, () => {
      assert.equal(refusalOf(event, { 'sign-in': signIn })?.code, 'sign-in-refused');
    });
  }
}

for (const [what, event] of [
  ['push by Dependabot', byDependabot(push())],
  ['push by Dependabot that a person re-runs', rerun(byDependabot(push()), octocat)],
  ['pull request by Dependabot that a person re-runs', rerun(byDependabot(pullRequest()), octocat)],
] as const) {
  test(`Although sign-in is allowed, a ${what} prompts nobody`, () => {
    const failure = refusalOf(event, { 'sign-in': 'allowed' });
    assert.equal(failure?.code, 'sign-in-refused');
    assert.match(failure.message, new RegExp(`in a run of Dependabot \\(the event is "${event.name}"\\)`));
  });
}

for (const [what, event] of [
  ['a night run that a bot re-runs', rerun(scheduleInPrivate, renovate)],
  ['a run that a bot dispatches', workflowDispatch({ actor: 'github-actions[bot]' })],
  ['a run that a person started and a bot re-runs', rerun(workflowDispatch(), { by: 'github-actions[bot]' })],
] as const) {
  test(`By default ${what} prompts nobody`, () => {
    const failure = refusalOf(event);
    assert.equal(failure?.code, 'sign-in-needed');
    assert.match(failure.message, /no person dispatched or re-ran this run: .*started by \S+\[bot\]/);
  });
}

for (const [event, code] of [
  [scheduleInPrivate, 'sign-in-needed'],
  [pullRequestTarget(), 'sign-in-refused'],
] as const) {
  test(`On ${event.name}, sign-in: force prompts nobody`, () => {
    assert.equal(refusalOf(event, { 'sign-in': 'force' })?.code, code);
  });
}

for (const event of [workflowDispatch(), rerun(scheduleInPrivate)]) {
  test(`With sign-in: never nobody is prompted on ${event.name} in attempt ${event.runAttempt}, and the message says what would be needed`, () => {
    const failure = refusalOf(event, { 'sign-in': 'never' });
    assert.equal(failure?.code, 'sign-in-needed');
    assert.match(failure.message, /sign-in is "never"/);
    assert.match(
      failure.message,
      /set sign-in to "auto" in the workflow that signs in\.\nThen dispatch .*actions\/workflows\/token\.yml$/m,
    );
  });
}

for (const [what, payload] of [
  ['is empty', {}],
  ['has no visibility and is not private', { repository: { private: false } }],
  ['says private in text', { repository: { private: 'true', visibility: 'private' } }],
  ['says private, and a visibility that is new', { repository: { private: true, visibility: 'members' } }],
] as const) {
  test(`Without account nobody is prompted when the payload ${what}`, () => {
    assert.equal(refusalOf({ ...workflowDispatch(), payload })?.code, 'sign-in-refused');
  });
}

for (const visibility of ['public', 'internal'] as const) {
  const event = workflowDispatch({ visibility });

  test(`Without account nobody is prompted in a repository that is ${visibility}`, () => {
    const failure = refusalOf(event);
    assert.equal(failure?.code, 'sign-in-refused');
    assert.match(failure.message, /set the input account/);
  });

  for (const tenant of ['', 'organizations', 'common']) {
    test(`In a repository that is ${visibility}, an account given by name is refused with tenant-id "${tenant}"`, () => {
      const failure = refusalOf(event, { account: alice.username, 'tenant-id': tenant });
      assert.equal(failure?.code, 'sign-in-refused');
      assert.match(failure.message, /unique only in its tenant.*set tenant-id to your tenant/s);
    });
  }
}

const publicRepository = workflowDispatch({ visibility: 'public' });
const authorityOf = (path: string): StepInputs => ({
  account: alice.username,
  authority: `https://login.microsoftonline.com/${path}`,
});

for (const path of ['common/v2.0', 'organizations/V2.0/', 'Common/']) {
  test(`In a public repository a name is not enough with the authority …/${path}, which stands for every tenant`, () => {
    const failure = refusalOf(publicRepository, authorityOf(path));
    assert.equal(failure?.code, 'sign-in-refused');
    assert.match(failure.message, /A user principal name is unique only in its tenant/);
  });
}

for (const path of ['common%2f', '%63ommon', 'common;x', 'common/oauth2', '/common']) {
  test(`The authority …/${path} is a bad input, whose message shows the right one`, () => {
    assert.match(
      refusalOfInputs(authorityOf(path), runOfEvent(publicRepository)),
      /authority must be .*; write "https:\/\/login\.microsoftonline\.com\/common"/,
    );
  });
}

const allowed = { 'sign-in': 'allowed' };
const named = { account: alice.username.toUpperCase(), 'tenant-id': contoso };

for (const [what, event, inputs] of [
  ['for an account by name in a public repository with a tenant of its own', publicRepository, named],
  ['for an account by name in a private repository', workflowDispatch(), { account: alice.username }],
  ['on a schedule of a private repository where sign-in is allowed', scheduleInPrivate, allowed],
  ['on a pull request of the repository where sign-in is allowed', pullRequest(), allowed],
  ['on release where sign-in is allowed', otherEvent('release'), allowed],
  ['on deployment where sign-in is allowed', otherEvent('deployment'), allowed],
  ['on merge_group where sign-in is allowed', otherEvent('merge_group'), allowed],
  ['in a run of another bot that a person re-runs', rerun(push({ actor: 'renovate[bot]' }), octocat), {}],
] as const) {
  test(`A sign-in may start ${what}`, () => {
    assert.equal(refusalOf(event, inputs), undefined);
  });
}
