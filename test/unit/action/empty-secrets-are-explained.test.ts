import assert from 'node:assert/strict';
import test from 'node:test';
import { refusalOfInputs } from '../fakes/bad-input.ts';
import { workflowRun } from '../fakes/workflow-run.ts';

for (const [who, run] of [
  ["a fork's pull request", workflowRun({ event: 'pull_request', isForkPullRequest: true })],
  ['Dependabot', workflowRun({ event: 'push', triggeringActor: 'dependabot[bot]' })],
] as const) {
  test(`an empty input in a run of ${who} is explained: such runs get no secrets`, () => {
    assert.match(refusalOfInputs({ 'client-id': '' }, run), /such runs get no secrets/);
  });
}

test('in other runs it is not', () => {
  assert.doesNotMatch(refusalOfInputs({ 'client-id': '' }), /no secrets/);
});
