import assert from 'node:assert/strict';
import { workflowDispatch } from '../../sandbox/runner/events.ts';
import { logOf, scenario } from '../e2e/scenario.ts';

scenario(
  'Scopes that Entra or the mail servers would refuse are caught before any request, with the right spelling',
  async ({ run, entraRequests }) => {
    const bad = await run(workflowDispatch(), {
      inputs: {
        scopes:
          'Graph.Read IMAP.AccessAsUser.All https://graph.microsoft.com/POP.AccessAsUser.All https://outlook.office.com/.default https://outlook.office.com/SMTP.Send',
      },
    });
    assert.deepEqual(bad.outputs, { 'error-code': 'bad-input' });
    for (const right of ['IMAP.AccessAsUser.All', 'POP.AccessAsUser.All'])
      assert.ok(logOf(bad).includes(`write "https://outlook.office.com/${right}"`), logOf(bad));
    assert.match(logOf(bad), /"https:\/\/outlook\.office\.com\/\.default" cannot stand beside named scopes/);
    assert.equal(entraRequests(), 0);
  },
);
