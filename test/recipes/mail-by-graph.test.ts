import assert from 'node:assert/strict';
import { alice } from '../../sandbox/authority/directory.ts';
import { schedule, workflowDispatch } from '../../sandbox/runner/events.ts';
import { recipe, showToken } from './recipe.ts';

recipe(
  'mail-by-graph.md',
  'The night run has a token with which Graph sends mail as the person',
  async ({ run, sandbox }) => {
    const vars = { MAIL_RECIPIENT: 'team@sandbox.example' };
    await run(workflowDispatch(), { vars, person: { in: 'send' } });
    const night = await run(schedule({ runId: 7002 }), { vars });
    assert.equal(night.job('send').step('entra').outputs['source'], 'cache');
    const { TOKEN = '', RECIPIENT, TEXT } = night.job('send').step('Send the mail').env;
    assert.equal(RECIPIENT, vars.MAIL_RECIPIENT);
    assert.equal(TEXT, 'All is well, says contoso/mail.');
    const { active, username, scope } = await showToken(sandbox, 'https://graph.microsoft.com', TOKEN);
    assert.deepEqual([active, username], [true, alice.username]);
    assert.ok(scope?.split(' ').includes('Mail.Send'), scope);
  },
);
