import { workflowDispatch } from '../../sandbox/runner/events.ts';
import { type Platform, runWorkflow } from '../../sandbox/workflow/run-workflow.ts';
import { readWorkflow } from '../../sandbox/workflow/workflow.ts';
import type { JobRun, WorkflowRun } from '../../sandbox/workflow/workflow-run.ts';

const platform: Platform = {
  event: workflowDispatch(),
  secrets: { KEY: 'a secret of ours', EMPTY: '' },
  vars: { PLACE: 'here' },
  action: {
    name: 'own/action',
    inputs: ['account'],
    outputs: ['access-token'],
    start: () => Promise.reject(new Error('It was started.')),
  },
  otherActions: { 'some/action': { outputs: { token: 'a token of others', id: '7' }, masked: ['token'] } },
};

/** Runs a workflow that is dispatched by hand. @param jobs YAML, indented by nothing. */
export async function runJobs(jobs: string): Promise<WorkflowRun> {
  const workflow = `on: workflow_dispatch\njobs:\n${indented(jobs, 2)}`;
  return await runWorkflow(await readWorkflow('test.yml', workflow), platform);
}

/** Runs a job `one` of these steps. */
export async function runSteps(steps: string): Promise<JobRun> {
  const run = await runJobs(`one:\n  runs-on: ubuntu-latest\n  steps:\n${indented(steps, 4)}`);
  return run.job('one');
}

function indented(text: string, by: number): string {
  return text.replaceAll(/^/gm, ' '.repeat(by));
}
