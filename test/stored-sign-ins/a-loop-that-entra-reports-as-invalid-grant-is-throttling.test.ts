import assert from 'node:assert/strict';
import { entraError } from '../../sandbox/authority/entra-error.ts';
import { schedule, workflowDispatch } from '../../sandbox/runner/events.ts';
import { logOf, scenario } from '../e2e/scenario.ts';
import { shortTokens } from './stored-sign-in.ts';

scenario(
  'AADSTS50196 comes as invalid_grant and is throttling: the run waits, and the sign-in still works',
  async ({ sandbox, run, runAndSignIn, entraRequests }) => {
    await runAndSignIn(workflowDispatch());
    const fault = { kind: 'respond', ...entraError(50196) } as const;
    sandbox.authority.faults.add('token:refresh_token', fault, { times: 1 });
    sandbox.authority.clearRequests();

    const night = await run(schedule());

    assert.equal(night.outputs['source'], 'refresh', logOf(night));
    assert.match(logOf(night), /it asks for fewer requests \(AADSTS50196\)\. Retrying in/);
    assert.doesNotMatch(logOf(night), /ignored|enter code/);
    assert.equal(entraRequests(), 2);
  },
  shortTokens,
);
