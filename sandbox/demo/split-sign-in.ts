import type { ActionRun } from '../runner/action-run.ts';
import type { WorkflowEvent } from '../runner/event.ts';
import { schedule, workflowDispatch } from '../runner/events.ts';
import { jobOutputs } from '../runner/job-outputs.ts';
import type { Stage } from './stage.ts';

/** A run of two jobs: the first shows the code and ends, so that the run's page shows it; the second waits for the person. */
export async function showSplitSignIn(stage: Stage): Promise<void> {
  const byHand = workflowDispatch({ runId: 1001 });
  const pending = await firstJob(stage, 'Run 1, job 1 "ask": shows the code, and does not wait', byHand);
  console.log(
    '\nJob 1 has ended, so the run’s page shows its summary, above: the person can sign in from there.',
  );
  await stage.step('Run 1, job 2 "report": waits for the sign-in, and has the token', byHand, {
    inputs: { 'pending-sign-in': pending },
    person: (running) => stage.signInWhenAsked(running),
  });

  const atNight = schedule({ runId: 1002, repositoryInPayload: false });
  const none = await firstJob(stage, 'Run 2, at night, job 1: the stored sign-in works', atNight);
  await stage.step('Run 2, job 2: nothing is pending, so it is silent too', atNight, {
    inputs: { 'pending-sign-in': none },
  });
  stage.heading('Done');
  console.log('The person saw the code on the run’s page, not in a log that they had to open in time.');
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
  stage.label('What of the outputs the platform lets through to the other job:');
  for (const line of log) console.log(`  ${line}`);
  return outputs['pending-sign-in'] ?? '';
}
