import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { alice } from '../../sandbox/authority/directory.ts';
import { startMailServer } from '../../sandbox/mail-server.ts';
import { schedule, workflowDispatch } from '../../sandbox/runner/events.ts';
import { sendMail } from '../mail/send-mail.ts';
import { recipe } from './recipe.ts';

recipe(
  'mail-by-smtp.md',
  'What the night run hands to its script logs in to a mail server as the person',
  async ({ run, sandbox }) => {
    const vars = { MAIL_RECIPIENT: 'team@sandbox.example' };
    await run(workflowDispatch(), { vars, person: { in: 'send' } });
    const night = await run(schedule({ runId: 7002 }), { vars });
    assert.equal(night.job('send').step('entra').outputs['source'], 'cache');
    const { XOAUTH2 = '', SENDER } = night.job('send').step('Send the mail').env;
    assert.equal(SENDER, alice.username);

    await using server = await startMailServer(sandbox);
    await sendMail(server, await readFile(sandbox.caFile, 'utf8'), XOAUTH2);
    assert.deepEqual(
      server.deliveries.map(({ mailbox }) => mailbox),
      [alice.username],
    );
  },
);
