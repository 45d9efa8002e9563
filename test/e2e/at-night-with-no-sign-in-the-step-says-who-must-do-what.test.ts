import assert from 'node:assert/strict';
import { schedule } from '../../sandbox/runner/events.ts';
import { logOf, scenario } from './scenario.ts';

scenario(
  'At night with no stored sign-in the step fails at once and says what to do',
  async ({ run, entraRequests }) => {
    const night = await run(schedule({ repositoryInPayload: true }));
    assert.equal(night.exitCode, 1);
    assert.deepEqual(night.outputs, { 'error-code': 'sign-in-needed' });
    assert.match(logOf(night), /no person dispatched or re-ran this run: the event is "schedule"/);
    assert.match(
      logOf(night),
      /re-run this run and sign in: https:\/\/github\.com\/.*\/actions\/runs\/\d+$/m,
    );
    assert.equal(entraRequests(), 0);
    const [error] = night.annotations.filter(({ kind }) => kind === 'error');
    assert.equal(error?.properties?.['title'], 'entra-user-token: sign-in-needed');
    assert.match(
      error?.message ?? '',
      /\nHelp: https:\/\/github\.com\/contoso\/entra-user-token\/blob\/v1\/docs\/troubleshooting\.md#sign-in-needed$/,
    );
  },
);
