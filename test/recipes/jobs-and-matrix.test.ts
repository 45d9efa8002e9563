import assert from 'node:assert/strict';
import { schedule, workflowDispatch } from '../../sandbox/runner/events.ts';
import type { WorkflowRun } from '../../sandbox/workflow/workflow-run.ts';
import { recipe } from './recipe.ts';

recipe(
  'jobs-and-matrix.md',
  'One sign-in serves all jobs of the matrix, and where there is none they do not begin',
  async ({ run, entraRequests, sandbox }) => {
    const cold = await run(schedule());
    assert.equal(cold.job('sign-in').result, 'failure');
    assert.deepEqual(counts(cold), [{ folder: undefined, result: 'skipped', source: undefined }]);
    assert.equal(entraRequests(), 0);

    const first = await run(workflowDispatch(), { person: { in: 'sign-in' } });
    assert.equal(first.conclusion, 'success');
    assert.deepEqual(
      counts(first),
      ['inbox', 'drafts', 'junkemail'].map((folder) => ({ folder, result: 'success', source: 'cache' })),
    );
    const asked = sandbox.authority.requests.filter(({ endpoint }) => endpoint === 'device-code');
    assert.equal(asked.length, 1);
  },
);

function counts({ jobs }: WorkflowRun) {
  return jobs
    .filter(({ id }) => id === 'count')
    .map(({ matrix, result, steps }) => ({
      folder: matrix['folder'],
      result,
      source: steps.find(({ id }) => id === 'entra')?.outputs['source'],
    }));
}
