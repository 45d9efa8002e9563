import assert from 'node:assert/strict';
import { schedule, workflowDispatch } from '../../sandbox/runner/events.ts';
import { logOf, scenario } from './scenario.ts';

const correlationId = '5c0ffee0-0000-4000-8000-00000000c0de';
const minutesToRefresh = { 'minimum-lifetime-minutes': '1440' };

for (const [code, errorCode, says] of [
  [50173, 'sign-in-needed', /dispatch the workflow by hand, and sign in there: https/],
  [53003, 'blocked-by-policy', /exclude this account and this app/],
  [50057, 'account-refused', /Please enable the account/],
  [50105, 'account-refused', /Please assign this account to the app/],
  [7000112, 'entra-refused', /Please enable the app/],
] as const) {
  scenario(
    `At night, a stored sign-in that is refused with AADSTS${code} is ${errorCode}, with the ids for the administrator`,
    async ({ sandbox, run, runAndSignIn }) => {
      await runAndSignIn(workflowDispatch());
      sandbox.authority.faults.add('token:refresh_token', {
        kind: 'respond',
        status: 400,
        body: JSON.stringify({
          error: 'invalid_grant',
          error_codes: [code],
          error_description: `AADSTS${code}: Entra's own words.`,
          correlation_id: correlationId,
        }),
      });
      const night = await run(schedule(), { inputs: minutesToRefresh });
      assert.deepEqual(night.outputs, { 'error-code': errorCode });
      assert.match(logOf(night), says);
      assert.match(logOf(night), new RegExp(`^Reference: AADSTS${code} .*${correlationId}`, 'm'));
    },
  );
}
