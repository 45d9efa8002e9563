import assert from 'node:assert/strict';
import { schedule, workflowDispatch } from '../../sandbox/runner/events.ts';
import { recipe } from './recipe.ts';

recipe(
  'tell-someone.md',
  'An issue is opened when the night run needs a sign-in; not when it fails otherwise, nor when it works',
  async ({ run, entraRequests }) => {
    const night = await run(schedule());
    const { outputs, outcome } = night.job('report').step('entra');
    assert.deepEqual([outcome, outputs['error-code']], ['failure', 'sign-in-needed']);
    assert.equal(night.job('report').step('Count unread mail').outcome, 'skipped');
    const issue = night.job('tell').step('Open an issue, unless one is open');
    assert.equal(issue.outcome, 'success');
    assert.equal(issue.env['RUN'], 'https://github.com/contoso/mail/actions/runs/7001');
    assert.equal(entraRequests(), 0);

    const otherwise = await run(schedule(), { secrets: { ENTRA_ENCRYPTION_KEY: 'not-a-key' } });
    assert.equal(otherwise.job('report').outputs['error-code'], 'bad-input');
    assert.equal(otherwise.job('tell').result, 'skipped');

    const signedIn = await run(workflowDispatch(), { person: { in: 'report' } });
    assert.equal(signedIn.conclusion, 'success');
    assert.equal(signedIn.job('tell').result, 'skipped');
  },
);
