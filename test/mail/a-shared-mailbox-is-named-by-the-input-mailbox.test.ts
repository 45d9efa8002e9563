import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { alice, bob } from '../../sandbox/authority/directory.ts';
import { startMailServer } from '../../sandbox/mail-server.ts';
import { schedule, workflowDispatch } from '../../sandbox/runner/events.ts';
import { scenario } from '../e2e/scenario.ts';
import { smtp } from '../several-resources/two-resources.ts';
import { sendMail } from './send-mail.ts';

scenario(
  'A shared mailbox is named by the input mailbox, and a mailbox of somebody else stays closed',
  async ({ sandbox, run, runAndSignIn }) => {
    const shared = 'reports@sandbox.example';
    const inputs = { scopes: smtp, mailbox: shared };
    const first = await runAndSignIn(workflowDispatch(), alice.username, { inputs });
    await using server = await startMailServer(sandbox, { [shared]: [alice.username] });
    const ca = await readFile(sandbox.caFile, 'utf8');

    await sendMail(server, ca, first.outputs['xoauth2'] ?? '');
    assert.deepEqual(
      server.deliveries.map(({ mailbox }) => mailbox),
      [shared],
    );

    const other = await run(schedule(), { inputs: { ...inputs, mailbox: bob.username } });
    await assert.rejects(sendMail(server, ca, other.outputs['xoauth2'] ?? ''), /refused: 535/);
  },
);
