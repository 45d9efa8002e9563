import assert from 'node:assert/strict';
import { sandboxTenant } from '../../sandbox/authority/directory.ts';
import { workflowDispatch } from '../../sandbox/runner/events.ts';
import { logOf, scenario } from './scenario.ts';

const html = { 'content-type': 'text/html' };

for (const { what, fault } of [
  { what: 'does not allow the method', fault: { kind: 'respond', status: 405 } },
  {
    what: 'shows a page of its web server',
    fault: { kind: 'respond', status: 404, headers: html, body: '<h1>Not found</h1>' },
  },
] as const) {
  scenario(
    `An authority that is not Entra and ${what} in response to the request for a code is reported at once as one without the flow`,
    async ({ sandbox, run }) => {
      sandbox.authority.faults.add('device-code', fault, { times: Number.POSITIVE_INFINITY });
      const authority = `https://authority.sandbox.example/${sandboxTenant.id}`;

      const refused = await run(workflowDispatch(), { inputs: { authority } });

      assert.deepEqual(refused.outputs, { 'error-code': 'entra-refused' });
      assert.match(logOf(refused), /The authority authority\.sandbox\.example offers no device code flow\./);
      assert.match(logOf(refused), /sign in by browser with the command line companion/);
      assert.doesNotMatch(logOf(refused), /Microsoft Entra|login\.microsoftonline\.com|app registration/);
      const codes = sandbox.authority.requests.filter(({ endpoint }) => endpoint === 'device-code');
      assert.equal(codes.length, 1);
    },
  );
}
