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

test("Dependabot's runs get no secrets, those that a person re-ran do", () => {
  const actor = { GITHUB_EVENT_NAME: 'push', GITHUB_ACTOR: 'dependabot[bot]' };

  assert.ok(getsNoSecrets(runOf({}, actor)));
  assert.ok(!getsNoSecrets(runOf({}, { ...actor, GITHUB_TRIGGERING_ACTOR: 'octocat' })));
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
