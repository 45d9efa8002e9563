import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { alice, bob } from '../../sandbox/authority/directory.ts';
import { startMailServer } from '../../sandbox/mail-server.ts';
import { schedule, workflowDispatch } from '../../sandbox/runner/events.ts';
import { sendMail } from '../mail/send-mail.ts';
import { recipe } from './recipe.ts';

const shared = 'team@contoso.com';

recipe(
  'shared-mailbox.md',
  'A person signs in as themselves, and the scheduled run logs in to the shared mailbox',
  async ({ run, sandbox }) => {
    const vars = { MAIL_RECIPIENT: 'all@sandbox.example' };
    await run(workflowDispatch(), { vars, person: { in: 'send' } });
    const night = await run(schedule({ runId: 7002 }), { vars });
    const { source, username } = night.job('send').step('entra').outputs;
    assert.deepEqual([source, username], ['cache', alice.username]);
    const { XOAUTH2 = '', SENDER } = night.job('send').step('Send the mail').env;
    assert.equal(SENDER, shared);
    const [saslUser] = Buffer.from(XOAUTH2, 'base64').toString().split('\u0001');
    assert.equal(saslUser, `user=${shared}`);

    const ca = await readFile(sandbox.caFile, 'utf8');
    await using server = await startMailServer(sandbox, { [shared]: [alice.username] });
    await sendMail(server, ca, XOAUTH2);
    assert.deepEqual(
      server.deliveries.map(({ mailbox }) => mailbox),
      [shared],
    );
    await using ofOthers = await startMailServer(sandbox, { [shared]: [bob.username] });
    await assert.rejects(sendMail(ofOthers, ca, XOAUTH2), /refused: 535/);
  },
);
