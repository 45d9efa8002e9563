import { schedule, workflowDispatch } from '../runner/events.ts';
import type { Stage } from './stage.ts';

/** One workflow, run twice. First a person dispatches it and signs in; then a schedule runs it, and nobody is asked. */
export async function showMainJob(stage: Stage): Promise<void> {
  await stage.step('Run 1: workflow_dispatch, a person is there', workflowDispatch({ runId: 1001 }), {
    person: (running) => stage.signInWhenAsked(running),
  });
  await stage.step(
    'Run 2: schedule, at night, nobody is there',
    schedule({ runId: 1002, repositoryInPayload: false }),
  );
  stage.heading('Done');
  console.log('One sign-in, and every later run is silent.');
}
