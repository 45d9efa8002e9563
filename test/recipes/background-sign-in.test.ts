import assert from 'node:assert/strict';
import { schedule, workflowDispatch } from '../../sandbox/runner/events.ts';
import { recipe } from './recipe.ts';

recipe(
  'background-sign-in.md',
  'The report is built while the step waits for the person, who comes when it is ready',
  async ({ run }) => {
    const first = await run(workflowDispatch(), {
      person: { in: 'publish', after: 'Build the report' },
    });
    const { steps, result } = first.job('publish');
    assert.equal(result, 'success');
    assert.deepEqual(
      steps.map(({ name }) => name),
      ['actions/checkout', 'Build the report', 'OWNER/entra-user-token', 'Upload the report'],
    );
    const { outputs } = first.job('publish').step('entra');
    assert.equal(outputs['source'], 'sign-in');
    assert.equal(first.job('publish').step('Upload the report').env['TOKEN'], outputs['access-token']);

    const night = await run(schedule({ runId: 7002 }));
    assert.equal(night.job('publish').step('entra').outputs['source'], 'cache');
  },
);

recipe(
  'background-sign-in.md',
  'At night without a sign-in nothing is uploaded, though the report was built',
  async ({ run }) => {
    const night = await run(schedule());
    assert.equal(night.conclusion, 'failure');
    const { outcome, outputs } = night.job('publish').step('entra');
    assert.deepEqual([outcome, outputs['error-code']], ['failure', 'sign-in-needed']);
    assert.equal(night.job('publish').step('Build the report').outcome, 'success');
    assert.equal(night.job('publish').step('Upload the report').outcome, 'skipped');
  },
);
