import assert from 'node:assert/strict';
import { workflowDispatch } from '../../sandbox/runner/events.ts';
import { logOf, scenario } from '../e2e/scenario.ts';

const account = 'alice@contoso.example';
const publicRepository = workflowDispatch({ visibility: 'public' });

for (const path of ['common/v2.0', 'organizations/V2.0/', 'Common/']) {
  scenario(
    `In a public repository a name is not enough with the authority …/${path}, which stands for every tenant`,
    async ({ run, entraRequests }) => {
      const inputs = { account, authority: `https://login.microsoftonline.com/${path}` };
      const refused = await run(publicRepository, { inputs });

      assert.deepEqual(refused.outputs, { 'error-code': 'sign-in-refused' }, logOf(refused));
      assert.match(logOf(refused), /A user principal name is unique only in its tenant/);
      assert.equal(entraRequests(), 0);
    },
  );
}

for (const path of ['common%2f', '%63ommon', 'common;x', 'common/oauth2', '/common']) {
  scenario(
    `The authority …/${path} is a bad input, whose message shows the right one`,
    async ({ run, entraRequests }) => {
      const inputs = { account, authority: `https://login.microsoftonline.com/${path}` };
      const bad = await run(publicRepository, { inputs });

      assert.deepEqual(bad.outputs, { 'error-code': 'bad-input' }, logOf(bad));
      assert.match(logOf(bad), /authority must be .*; write "https:\/\/login\.microsoftonline\.com\/common"/);
      assert.equal(entraRequests(), 0);
    },
  );
}
