import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createTransport } from 'nodemailer';
import { alice } from '../../sandbox/authority/directory.ts';
import { startMailServer } from '../../sandbox/mail-server.ts';
import { schedule, workflowDispatch } from '../../sandbox/runner/events.ts';
import { logOf, scenario } from '../e2e/scenario.ts';
import { graphAndMail, smtp } from '../several-resources/two-resources.ts';
import { sendMail } from './send-mail.ts';

scenario(
  'The output xoauth2, and the token in access-tokens, log in to a mail server; the Graph token does not',
  async ({ sandbox, run, runAndSignIn }) => {
    sandbox.authority.consent(alice.username, smtp);
    await runAndSignIn(workflowDispatch(), alice.username, { inputs: graphAndMail });
    const night = await run(schedule(), { inputs: graphAndMail });
    const xoauth2 = night.outputs['xoauth2'] ?? '';
    await using server = await startMailServer(sandbox);
    const ca = await readFile(sandbox.caFile, 'utf8');

    await sendMail(server, ca, xoauth2);
    assert.deepEqual(
      server.deliveries.map(({ mailbox }) => mailbox),
      [alice.username],
    );
    assert.match(server.deliveries[0]?.message ?? '', /^Subject: Nightly report\r$/m);

    const byToken = (accessToken: string | undefined) =>
      createTransport({
        host: '127.0.0.1',
        port: server.port,
        secure: true,
        tls: { ca },
        auth: { type: 'OAuth2', user: alice.username, accessToken },
      }).verify();
    const tokens = JSON.parse(night.outputs['access-tokens'] ?? '') as Record<string, string>;
    assert.equal(await byToken(tokens['https://outlook.office.com']), true);
    await assert.rejects(byToken(night.outputs['access-token']), { code: 'EAUTH' });

    assert.ok(night.masks.includes(xoauth2), 'xoauth2 is not masked');
    assert.doesNotMatch(night.mask(`AUTH XOAUTH2 ${xoauth2}`), /[\w+/]{20}/);
    assert.doesNotMatch(logOf(night), /xoauth2/i);
  },
);
