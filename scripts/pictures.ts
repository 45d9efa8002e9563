/**
 * Renders docs/images, light and dark: what a person sees, from real runs of `dist/` on the sandbox. Needs Chromium (or
 * Chrome; CHROMIUM_PATH may say where). Look at each picture before it is committed.
 */
import { randomBytes } from 'node:crypto';
import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { alice } from '../sandbox/authority/directory.ts';
import { schedule, workflowDispatch } from '../sandbox/runner/events.ts';
import { jobOutputs } from '../sandbox/runner/job-outputs.ts';
import type { RunningAction } from '../sandbox/runner/running-action.ts';
import { startSandbox } from '../sandbox/sandbox.ts';
import { documentOf, logPage, type Page, runPage, summaryPage, type Theme } from './pictures/page.ts';
import { takePicture } from './pictures/take-picture.ts';

const images = join(import.meta.dirname, '../docs/images');
const encryptionKey = randomBytes(32).toString('base64');
const step = { inputs: { 'encryption-key': encryptionKey }, secrets: [encryptionKey] };

await using sandbox = await startSandbox();
await mkdir(images, { recursive: true });
await nightWithoutSignIn();
await deviceSignIn();
await splitSignIn();

/** The schedule runs before anybody has signed in. */
async function nightWithoutSignIn(): Promise<void> {
  await using night = await sandbox.start(schedule(), step);
  const { log } = await night.finished;
  await picture(
    'sign-in-needed',
    logPage('Step log of a scheduled run without a stored sign-in', outputOf(log)),
  );
}

/** Somebody dispatches the workflow and signs in. */
async function deviceSignIn(): Promise<void> {
  await using run = await sandbox.start(workflowDispatch(), step);
  const userCode = /with the code (\S+)/.exec(await run.line(/^Notice: Sign in/))?.[1] ?? '';
  await picture(
    'summary-before',
    summaryPage('Job summary while someone must sign in', await summaryOf(run)),
  );
  await sandbox.authority.signIn(userCode, alice.username);
  const { log, summary } = await run.finished;
  await picture('sign-in-log', logPage('Step log of a run in which someone signs in', outputOf(log)));
  await picture('summary-after', summaryPage('Job summary after the sign-in', summary));
}

/** One job shows the code and ends, so that the run's page shows it; another waits. */
async function splitSignIn(): Promise<void> {
  const inputs = { ...step.inputs, 'cache-name': 'split' };
  const event = workflowDispatch();
  await using ask = await sandbox.start(event, {
    ...step,
    inputs: { ...inputs, 'wait-for-sign-in': 'false' },
  });
  const asked = await ask.finished;
  const pending = jobOutputs(asked).outputs['pending-sign-in'] ?? '';
  await using report = await sandbox.start(event, {
    ...step,
    inputs: { ...inputs, 'pending-sign-in': pending },
  });
  await report.line(/enter code/);
  const jobs = [
    { name: 'ask', state: asked.conclusion },
    { name: 'report', state: 'waiting for the sign-in' },
  ];
  await picture('split-sign-in', runPage("The run's page while someone must sign in", jobs, asked));
  await report.cancel();
}

/** It is written just after the code is in the log. */
async function summaryOf(run: RunningAction): Promise<string> {
  for (;;) {
    const summary = await run.summaryNow();
    if (summary !== '') return summary;
    await wait(20);
  }
}

/** Without the platform's own lines, which show the inputs. */
function outputOf(log: readonly string[]): readonly string[] {
  const lastInput = log.findLastIndex((line) => /^ {2}[a-z-]+: /.test(line));
  return log.slice(lastInput + 1);
}

/** One for light systems, and one for dark ones. */
async function picture(name: string, { title, body }: Page): Promise<void> {
  // The sandbox's page has an address of this machine; Entra's has this one.
  const asAtEntra = body.replaceAll(
    /http:\/\/127\.0\.0\.1:\d+\/devicelogin/g,
    'https://microsoft.com/devicelogin',
  );
  const files: readonly (readonly [Theme, string])[] = [
    ['light', `${name}.png`],
    ['dark', `${name}-dark.png`],
  ];
  for (const [theme, file] of files) {
    const path = join(images, file);
    await takePicture(documentOf({ title, body: asAtEntra }, theme), path);
    console.log(`docs/images/${file}, ${Math.round((await stat(path)).size / 1024)} KB`);
  }
}
