import assert from 'node:assert/strict';
import test from 'node:test';
import { getsNoSecrets, readWorkflowRun } from '../../../src/action/workflow-run.ts';
import { runOf } from '../fakes/event.ts';

for (const [repository, isPrivate] of [
  [{ private: true, visibility: 'private' }, true],
  [{ private: true }, true],
  [{ private: true, visibility: 'internal' }, false],
  [{ private: false, visibility: 'public' }, false],
  [{ private: 'true' }, false],
  [{}, false],
] as const) {
  test(`a repository that says ${JSON.stringify(repository)} is ${isPrivate ? '' : 'not '}taken for private`, () => {
    assert.equal(runOf({ repository }).isPrivate, isPrivate);
  });
}

test('without a payload, or with one that is no JSON, nothing is taken for private', () => {
  assert.equal(readWorkflowRun({}).isPrivate, false);
  assert.equal(readWorkflowRun({ GITHUB_EVENT_PATH: '/does/not/exist' }).isPrivate, false);
  assert.equal(runOf('not json').isPrivate, false);
  assert.equal(runOf('null').isPrivate, false);
});

const base = { repo: { full_name: 'o/r' } };
for (const [of, head, isFork] of [
  ['the same repository', { repo: { full_name: 'o/r' } }, false],
  ['a fork', { repo: { full_name: 'stranger/r' } }, true],
  ['a fork that was deleted', { repo: null }, true],
] as const) {
  test(`a pull request from ${of} is ${isFork ? '' : 'not '}a fork's`, () => {
    for (const event of ['pull_request', 'pull_request_target', 'pull_request_review']) {
      const run = runOf({ pull_request: { head, base } }, { GITHUB_EVENT_NAME: event });
      assert.deepEqual([run.isForkPullRequest, getsNoSecrets(run)], [isFork, isFork]);
    }
  });
}

test('a pull request without a word of where it comes from is taken for a fork', () => {
  assert.ok(runOf({}, { GITHUB_EVENT_NAME: 'pull_request' }).isForkPullRequest);
});

test('a push is no pull request', () => {
  assert.equal(runOf({}, { GITHUB_EVENT_NAME: 'push' }).isForkPullRequest, false);
});

test("Dependabot's runs get no secrets, whoever re-runs them: the actor's privileges count", () => {
  const actor = { GITHUB_EVENT_NAME: 'push', GITHUB_ACTOR: 'Dependabot[bot]' };

  assert.ok(getsNoSecrets(runOf({}, actor)));
  assert.ok(getsNoSecrets(runOf({}, { ...actor, GITHUB_TRIGGERING_ACTOR: 'octocat' })));
  assert.ok(!getsNoSecrets(runOf({}, { GITHUB_EVENT_NAME: 'push', GITHUB_ACTOR: 'octocat' })));
});

for (const [what, payload, isByProgram] of [
  ['a person', { sender: { login: 'octocat', type: 'User' } }, false],
  ['an app by its name', { sender: { login: 'renovate[bot]' } }, true],
  ['an app by its type alone', { sender: { login: 'Copilot', type: 'Bot' } }, true],
  [
    'a person, for the pull request of an app',
    {
      sender: { login: 'octocat', type: 'User' },
      pull_request: { user: { login: 'dependabot[bot]', type: 'Bot' } },
    },
    true,
  ],
  ['somebody without a type, as other runners do', { sender: { login: 'octocat' } }, false],
  ['nobody', {}, false],
] as const) {
  test(`a payload that names ${what} ${isByProgram ? 'names a bot' : 'names no bot'}`, () => {
    assert.equal(runOf(payload, { GITHUB_EVENT_NAME: 'pull_request' }).isByProgram, isByProgram);
  });
}

test('the actor and who started this attempt are distinguished', () => {
  const run = runOf({}, { GITHUB_ACTOR: 'dependabot[bot]', GITHUB_TRIGGERING_ACTOR: 'octocat' });

  assert.deepEqual([run.actor, run.triggeringActor], ['dependabot[bot]', 'octocat']);
});

for (const id of [undefined, '', ' ', '0', '00']) {
  test(`a runner that gives ${JSON.stringify(id)} as the id of the run names none`, () => {
    const run = runOf({}, { GITHUB_RUN_ID: id, GITHUB_REPOSITORY: 'o/r' });
    assert.deepEqual([run.hasId, run.id, run.runUrl], [false, '0', 'https://github.com/o/r/actions/runs/']);
  });
}

const ofEvent = (id: unknown) => ({ repository: { id } });
for (const [what, env, payload, id] of [
  ['the environment', { GITHUB_REPOSITORY_ID: '501' }, ofEvent(7), '501'],
  ['the environment, with white space around it', { GITHUB_REPOSITORY_ID: ' 501\n' }, ofEvent(7), '501'],
  ['the event where the environment has none', {}, ofEvent(7), '7'],
  ['the event where that of the environment is empty', { GITHUB_REPOSITORY_ID: '' }, ofEvent(7), '7'],
  ['the event where that of the environment is a word', { GITHUB_REPOSITORY_ID: 'null' }, ofEvent(7), '7'],
  ['the event where that of the environment is 0', { GITHUB_REPOSITORY_ID: '0' }, ofEvent('7'), '7'],
  ['nowhere', {}, {}, ''],
  ['nowhere, since the event has a fraction', {}, ofEvent(7.5), ''],
  ['nowhere, since the event has a number that is not exact', {}, ofEvent(2 ** 60), ''],
  ['nowhere, since the event has 0', {}, ofEvent(0), ''],
  ['nowhere, since the event has an object', {}, ofEvent({ id: 7 }), ''],
  ['nowhere, since it is negative', { GITHUB_REPOSITORY_ID: '-1' }, ofEvent(-1), ''],
] as const) {
  test(`the number of the repository comes from ${what}`, () => {
    assert.equal(runOf(payload, env).repositoryIdentity.id, id);
  });
}

test('a repository is known by its server and its name beside its number', () => {
  const { repositoryIdentity } = runOf(
    {},
    { GITHUB_SERVER_URL: 'https://Git.Example/', GITHUB_REPOSITORY: 'O/R' },
  );
  assert.deepEqual(repositoryIdentity, { server: 'https://git.example', id: '', name: 'o/r' });
  assert.equal(runOf({}, { GITHUB_SERVER_URL: '' }).repositoryIdentity.server, 'https://github.com');
});

test('a run knows its addresses, its attempt and its branches', () => {
  const run = runOf(
    { repository: { default_branch: 'main' } },
    {
      GITHUB_SERVER_URL: 'https://github.example',
      GITHUB_REPOSITORY: 'o/r',
      GITHUB_RUN_ID: '42',
      GITHUB_RUN_ATTEMPT: '3',
      GITHUB_WORKFLOW_REF: 'o/r/.github/workflows/token.yml@refs/heads/topic',
      GITHUB_REF: 'refs/heads/topic',
    },
  );

  assert.deepEqual(
    [run.id, run.attempt, run.runUrl, run.workflowUrl, run.ref, run.defaultRef],
    [
      '42',
      3,
      'https://github.example/o/r/actions/runs/42',
      'https://github.example/o/r/actions/workflows/token.yml',
      'refs/heads/topic',
      'refs/heads/main',
    ],
  );
});
