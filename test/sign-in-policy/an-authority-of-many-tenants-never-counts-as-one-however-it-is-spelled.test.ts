import assert from 'node:assert/strict';
import { workflowDispatch } from '../../sandbox/runner/events.ts';
import { logOf, scenario } from '../e2e/scenario.ts';

const account = 'alice@contoso.example';
const publicRepository = workflowDispatch({ visibility: 'public' });

scenario(
  'In a public repository a name is not enough with the authority …/organizations/V2.0/, which stands for every tenant',
  async ({ run, entraRequests }) => {
    const inputs = { account, authority: 'https://login.microsoftonline.com/organizations/V2.0/' };
    const refused = await run(publicRepository, { inputs });

    assert.deepEqual(refused.outputs, { 'error-code': 'sign-in-refused' }, logOf(refused));
    assert.match(logOf(refused), /A user principal name is unique only in its tenant/);
    assert.equal(entraRequests(), 0);
  },
);

scenario(
  'The authority …/common%2f is a bad input, whose message shows the right one',
  async ({ run, entraRequests }) => {
    const inputs = { account, authority: 'https://login.microsoftonline.com/common%2f' };
    const bad = await run(publicRepository, { inputs });

    assert.deepEqual(bad.outputs, { 'error-code': 'bad-input' }, logOf(bad));
    assert.match(logOf(bad), /authority must be .*; write "https:\/\/login\.microsoftonline\.com\/common"/);
    assert.equal(entraRequests(), 0);
  },
);
