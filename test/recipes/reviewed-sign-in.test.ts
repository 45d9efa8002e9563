import assert from 'node:assert/strict';
import { parse } from 'yaml';
import { schedule, workflowDispatch } from '../../sandbox/runner/events.ts';
import { recipe } from './recipe.ts';
import { workflowOn } from './recipe-page.ts';

recipe(
  'reviewed-sign-in.md',
  'Only the job that reviewers approve signs in, and scheduled runs do not wait for a review',
  async ({ run, entraRequests }) => {
    const { jobs } = parse(workflowOn('reviewed-sign-in.md')) as {
      readonly jobs: Readonly<Record<string, { readonly environment: string }>>;
    };
    assert.equal(jobs['sign-in']?.environment, 'entra-sign-in');
    assert.equal(jobs['report']?.environment, 'entra');

    const cold = await run(schedule());
    assert.equal(cold.job('sign-in').result, 'skipped');
    assert.equal(cold.job('report').step('entra').outputs['error-code'], 'sign-in-needed');
    assert.equal(entraRequests(), 0);

    const rerun = await run(schedule({ runAttempt: 2 }), { person: { in: 'sign-in' } });
    assert.equal(rerun.conclusion, 'success');
    assert.equal(rerun.job('report').step('entra').outputs['source'], 'cache');

    const dispatched = await run(workflowDispatch({ runId: 7002 }));
    assert.equal(dispatched.job('sign-in').result, 'success');

    const night = await run(schedule({ runId: 7003 }));
    assert.equal(night.job('sign-in').result, 'skipped');
    assert.equal(night.job('report').step('entra').outputs['source'], 'cache');
  },
);
