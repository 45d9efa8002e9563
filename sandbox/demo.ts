/**
 * The main job, on the sandbox: one workflow, run twice. First a person dispatches it and signs in; then a schedule runs
 * it, and nobody is asked. `--auto`, or no terminal, signs in by itself.
 */
import { randomBytes } from 'node:crypto';
import { styleText } from 'node:util';
import { alice } from './authority/directory.ts';
import type { ActionRun } from './runner/action-run.ts';
import type { WorkflowEvent } from './runner/event.ts';
import { schedule, workflowDispatch } from './runner/events.ts';
import { renderSummary } from './runner/render-summary.ts';
import type { RunningAction } from './runner/running-action.ts';
import { type Sandbox, startSandbox } from './sandbox.ts';

const auto = process.argv.includes('--auto') || !process.stdin.isTTY || !process.stdout.isTTY;
const encryptionKey = randomBytes(32).toString('base64');
const heading = (text: string): void =>
  console.log(`\n${styleText('bold', `━━ ${text} ${'━'.repeat(Math.max(0, 96 - text.length))}`)}`);
const label = (text: string): void => console.log(`\n${styleText('cyan', text)}`);

const sandbox = await startSandbox();
let running: RunningAction | undefined;
process.once('SIGINT', () => void running?.cancel());

console.log('The sandbox runs: an authority in place of Microsoft Entra, a CONNECT proxy that leads');
console.log('login.microsoftonline.com to it, a cache service, and a runner. Nothing leaves this machine.');
try {
  await step('Run 1: workflow_dispatch, a person is there', workflowDispatch({ runId: 1001 }), signIn);
  await step(
    'Run 2: schedule, at night, nobody is there',
    schedule({ runId: 1002, repositoryInPayload: false }),
  );
  heading('Done');
  console.log('One sign-in, and every later run is silent.');
} catch (error) {
  console.error(`\n${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
} finally {
  await sandbox.stop();
}

async function step(
  title: string,
  event: WorkflowEvent,
  person?: (run: RunningAction) => Promise<void>,
): Promise<void> {
  heading(title);
  label('The log, as it comes:');
  sandbox.authority.clearRequests();
  const onLine = (line: string): void => console.log(`  ${line}`);
  running = await sandbox.start(event, {
    inputs: { 'encryption-key': encryptionKey },
    secrets: [encryptionKey],
    timeoutMilliseconds: 20 * 60_000,
    onLine,
  });
  await person?.(running);
  const run = await running.finished;
  await show(run, sandbox);
  await run.dispose();
  if (run.conclusion !== 'success') throw new Error('The step failed; its log above says why.');
}

/** Signs in by itself, or leaves it to the person at the terminal. */
async function signIn(action: RunningAction): Promise<void> {
  const userCode = (await action.line(/enter code +(\S+)/)).match(/enter code +(\S+)/)?.[1] ?? '';
  if (auto) {
    await sandbox.authority.signIn(userCode, alice.username);
    return;
  }
  console.log(
    styleText(
      'yellow',
      '\n  → Your turn: open the address above in a browser, enter the code, and choose an account.\n',
    ),
  );
}

async function show(run: ActionRun, { authority, callGraph }: Sandbox): Promise<void> {
  label('The job summary, as the run’s page shows it when the job has ended:');
  console.log(
    run.summary === '' ? '  (none: nobody was asked anything)' : indent(renderSummary(run.mask(run.summary))),
  );

  label('The outputs, as a later step’s log would show them:');
  for (const [name, value] of Object.entries(run.outputsMasked)) console.log(`  ${name}: ${value}`);

  label('The requests that Entra got:');
  const requests = authority.requests.filter(({ endpoint }) => !['me', 'introspection'].includes(endpoint));
  for (const { method, path, grantType, status, error } of requests) {
    console.log(
      `  ${method} ${path} ${grantType ? `grant_type=${grantType} ` : ''}→ ${status}${error ? ` ${error}` : ''}`,
    );
  }
  console.log(`  ${requests.length} in all`);

  const token = run.outputs['access-token'];
  if (token === undefined) return;
  label('The next step asks Microsoft Graph who it is, GET https://graph.microsoft.com/v1.0/me:');
  const { status, body } = await callGraph(token);
  console.log(`  ${status} ${run.mask(JSON.stringify(body))}`);
}

function indent(text: string): string {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n');
}
