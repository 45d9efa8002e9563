import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { ImapFlow } from 'imapflow';
import { alice, bob } from '../../../sandbox/authority/directory.ts';
import { schedule, workflowDispatch } from '../../../sandbox/runner/events.ts';
import { scenario } from '../../e2e/scenario.ts';
import { startDovecot } from './dovecot.ts';
import { authenticate } from './imap-login.ts';

const outlook = 'https://outlook.office.com';
const inputs = { scopes: `User.Read ${outlook}/IMAP.AccessAsUser.All` };

scenario(
  'The mail token and xoauth2 log in to Dovecot; a Graph token, and the mailbox of somebody else, do not',
  async ({ sandbox, run, runAndSignIn }) => {
    sandbox.authority.consent(alice.username, `${outlook}/IMAP.AccessAsUser.All`);
    await runAndSignIn(workflowDispatch(), alice.username, { inputs });
    const night = await run(schedule(), { inputs });
    const tokens = JSON.parse(night.outputs['access-tokens'] ?? '') as Record<string, string>;
    const ca = await readFile(sandbox.caFile, 'utf8');
    await using dovecot = await startDovecot(sandbox, outlook);

    const clientOf = (accessToken = '') =>
      new ImapFlow({
        host: '127.0.0.1',
        port: dovecot.port,
        secure: true,
        tls: { ca },
        auth: { user: night.outputs['username'] ?? '', accessToken },
        logger: false,
      });
    const client = clientOf(tokens[outlook]);
    await client.connect();
    await client.append('INBOX', 'Subject: Nightly report\r\n\r\nAll is well.\r\n');
    assert.deepEqual(await client.status('INBOX', { messages: true }), { path: 'INBOX', messages: 1 });
    await client.logout();

    await assert.rejects(clientOf(night.outputs['access-token']).connect(), { authenticationFailed: true });

    assert.match(await authenticate(dovecot, ca, night.outputs['xoauth2'] ?? ''), /^OK /);
    const other = await run(schedule(), { inputs: { ...inputs, mailbox: bob.username } });
    assert.match(await authenticate(dovecot, ca, other.outputs['xoauth2'] ?? ''), /^NO /);
  },
);
