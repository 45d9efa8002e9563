import assert from 'node:assert/strict';
import { workflowDispatch } from '../../sandbox/runner/events.ts';
import { logOf, scenario } from './scenario.ts';

for (const { error, code, errorCode, says } of [
  {
    error: 'access_denied',
    code: 530033,
    errorCode: 'blocked-by-policy',
    says: /a managed device is required.* \(AADSTS530033\): "Entra's own words"\./,
  },
  {
    error: 'access_denied',
    code: 50057,
    errorCode: 'account-refused',
    says: /the account is disabled \(AADSTS50057\): "Entra's own words"\..*Please enable the account/s,
  },
]) {
  scenario(
    `A sign-in that ends with ${error} and AADSTS${code} is ${errorCode}, with Entra's own words`,
    async ({ sandbox, run }) => {
      const body = {
        error,
        error_codes: [code],
        error_description: `AADSTS${code}: Entra's own words. Trace ID: x`,
      };
      sandbox.authority.faults.add('token:device_code', {
        kind: 'respond',
        status: 400,
        body: JSON.stringify(body),
      });

      const refused = await run(workflowDispatch());

      assert.deepEqual(refused.outputs, { 'error-code': errorCode });
      assert.match(logOf(refused), says);
      assert.doesNotMatch(logOf(refused), /declined|pressed Cancel/);
    },
  );
}
