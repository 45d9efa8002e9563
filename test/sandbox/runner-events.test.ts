import assert from 'node:assert/strict';
import test from 'node:test';
import * as events from '../../sandbox/runner/events.ts';

test('the payload says how visible the repository is, internal ones being private', () => {
  const told = (['private', 'public', 'internal'] as const).map((visibility) => {
    const { private: isPrivate, visibility: shown } = Object(
      events.push({ visibility }).payload['repository'],
    );
    return [isPrivate, shown];
  });
  assert.deepEqual(told, [
    [true, 'private'],
    [false, 'public'],
    [true, 'internal'],
  ]);
});

test('the payload of a schedule may or may not name the repository', () => {
  assert.equal(events.schedule().payload['repository'], undefined);
  assert.equal(Object(events.schedule({ repositoryInPayload: true }).payload['repository']).private, true);
});

test('a pull request from a fork has another repository at its head', () => {
  const { head, base } = Object(events.pullRequest({ fork: true }).payload['pull_request']);
  assert.equal(head.repo.full_name, 'stranger/fork');
  assert.equal(head.repo.fork, true);
  assert.equal(base.repo.full_name, 'contoso/mail');
  const { head: own } = Object(events.pullRequest().payload['pull_request']);
  assert.equal(own.repo.full_name, 'contoso/mail');
});

test('a re-run keeps its id, counts its attempts and knows who asked for it', () => {
  const event = events.rerun(events.schedule({ actor: 'octocat' }), { by: 'hubot' });
  assert.equal(event.runId, events.schedule().runId);
  assert.equal(event.runAttempt, 2);
  assert.equal(event.actor, 'octocat');
  assert.equal(event.triggeringActor, 'hubot');
});

test('Dependabot is the actor and the sender of what it starts', () => {
  const event = events.byDependabot(events.push());
  assert.equal(event.actor, 'dependabot[bot]');
  assert.equal(Object(event.payload['sender']).type, 'Bot');
});

test('each event may do with caches what the platform lets it', () => {
  const scopes = (event: events.WorkflowEvent) =>
    event.cacheScopes.map(({ ref, permission }) => `${ref} ${permission}`);
  assert.deepEqual(scopes(events.workflowDispatch({ branch: 'change' })), [
    'refs/heads/change read-write',
    'refs/heads/main read',
  ]);
  assert.deepEqual(scopes(events.pullRequest()), ['refs/pull/7/merge read-write', 'refs/heads/main read']);
  for (const event of [
    events.pullRequestTarget(),
    events.issueComment(),
    events.workflowRun({ fork: true }),
  ]) {
    assert.deepEqual(scopes(event), ['refs/heads/main read'], event.name);
  }
});
