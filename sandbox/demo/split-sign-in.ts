import type { ActionRun } from '../runner/action-run.ts';
import type { WorkflowEvent } from '../runner/event.ts';
import { schedule, workflowDispatch } from '../runner/events.ts';
import { jobOutputs } from '../runner/job-outputs.ts';
import { nextNight } from './shifted-clock.ts';
import type { Stage } from './stage.ts';

/** Runs of two jobs: the first shows the code and ends, so that the run's page shows it; the second waits for the person. */
export async function showSplitSignIn(stage: Stage): Promise<void> {
  const byHand = workflowDispatch({ runId: 1001 });
  const pending = await firstJob(stage, 'Run 1, job "ask": shows the code, and does not wait', byHand);
  console.log('\nThis job has ended, so the run’s page shows the summary above: you can sign in from there.');
  await stage.step('Run 1, job "report": waits for the sign-in, and gets the token', byHand, {
    inputs: { 'pending-sign-in': pending },
    person: (running) => stage.signInWhenAsked(running),
  });

  stage.setClock(nextNight());
  const atNight = schedule({ runId: 1002, repositoryInPayload: false });
  const none = await firstJob(
    stage,
    'Run 2, scheduled at night, job "ask": the access token has expired',
    atNight,
  );
  await stage.step('Run 2, job "report": no sign-in is pending; the access token is still valid', atNight, {
    inputs: { 'pending-sign-in': none },
  });
  stage.heading('Done');
  console.log(
    'The code was on the run’s page, not only in a log that someone must open while the job waits.',
  );
}

async function firstJob(stage: Stage, title: string, event: WorkflowEvent): Promise<string> {
  let passedOn = '';
  await stage.step(title, event, {
    inputs: { 'wait-for-sign-in': 'false' },
    afterwards: (run) => {
      passedOn = showJobOutputs(stage, run);
    },
  });
  return passedOn;
}

function showJobOutputs(stage: Stage, run: ActionRun): string {
  const { outputs, log } = jobOutputs(run);
  stage.label('Job outputs, as the platform passes them to the other job:');
  for (const line of log) console.log(`  ${line}`);
  return outputs['pending-sign-in'] ?? '';
}
