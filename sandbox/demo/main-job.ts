import { schedule, workflowDispatch } from '../runner/events.ts';
import { nextNight } from './shifted-clock.ts';
import type { Stage } from './stage.ts';

/** One workflow, run three times: started by hand, with a sign-in; at night, with a refresh; soon after, with no request. */
export async function showMainJob(stage: Stage): Promise<void> {
  await stage.step('Run 1: you start the workflow by hand, and sign in', workflowDispatch({ runId: 1001 }), {
    person: (running) => stage.signInWhenAsked(running),
  });

  const scheduled = (runId: number) => schedule({ runId, repositoryInPayload: false });
  const night = nextNight();
  stage.setClock(night);
  await stage.step('Run 2: scheduled at night; the access token has expired', scheduled(1002));
  stage.setClock(new Date(night.getTime() + 30 * 60_000));
  await stage.step('Run 3: scheduled half an hour later; the access token is still valid', scheduled(1003));

  stage.heading('Done');
  console.log('One sign-in: run 2 refreshed the token, and run 3 sent no request to Microsoft Entra.');
  console.log('To see a sign-in over two jobs: npm run demo -- --split');
}
