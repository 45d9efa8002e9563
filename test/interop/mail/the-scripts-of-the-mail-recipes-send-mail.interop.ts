import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import { parse } from 'yaml';
import { alice } from '../../../sandbox/authority/directory.ts';
import { type MailServer, startMailServer } from '../../../sandbox/mail-server.ts';
import { schedule, workflowDispatch } from '../../../sandbox/runner/events.ts';
import { python } from '../../../scripts/python-environment.ts';
import { recipe } from '../../recipes/recipe.ts';
import { workflowOn } from '../../recipes/recipe-page.ts';

interface Workflow {
  readonly jobs: {
    readonly send: { readonly steps: readonly { readonly name?: string; readonly run?: string }[] };
  };
}

const sharedMailbox = 'team@contoso.com';
const senders: Readonly<Record<string, string>> = {
  'mail-by-smtp.md': alice.username,
  'shared-mailbox.md': sharedMailbox,
};

for (const [page, sender] of Object.entries(senders)) {
  recipe(
    page,
    `The script of ${page} sends the mail, from the address it logs in to`,
    async ({ run, sandbox }) => {
      const vars = { MAIL_RECIPIENT: 'all@sandbox.example' };
      await run(workflowDispatch(), { vars, person: { in: 'send' } });
      const night = await run(schedule({ runId: 7002 }), { vars });
      const { env } = night.job('send').step('Send the mail');

      await using server = await startMailServer(sandbox, { [sharedMailbox]: [alice.username] }, 'STARTTLS');
      await runScript(scriptOn(page, server), { ...env, SSL_CERT_FILE: sandbox.caFile });
      const [delivery] = server.deliveries;
      assert.equal(delivery?.mailbox, sender);
      assert.match(delivery?.message ?? '', new RegExp(`^From: ${sender}\\r$`, 'm'));
      assert.match(delivery?.message ?? '', /^To: all@sandbox\.example\r$/m);
    },
  );
}

/** The script on the page, with the test's mail server for Exchange Online's. */
function scriptOn(page: string, { port }: MailServer): string {
  const { jobs } = parse(workflowOn(page)) as Workflow;
  const script = jobs.send.steps.find(({ name }) => name === 'Send the mail')?.run ?? '';
  assert.match(script, /'smtp\.office365\.com', 587/);
  return script.replace("'smtp.office365.com', 587", `'127.0.0.1', ${port}`);
}

async function runScript(script: string, env: NodeJS.ProcessEnv): Promise<void> {
  if (!existsSync(python)) throw new Error('There is no Python to test with: run "npm run test:interop".');
  await promisify(execFile)(python, ['-c', script], { env, timeout: 30_000 });
}
