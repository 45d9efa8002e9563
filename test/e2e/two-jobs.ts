import assert from 'node:assert/strict';
import type { ActionRun } from '../../sandbox/runner/action-run.ts';
import type { WorkflowEvent } from '../../sandbox/runner/event.ts';
import { jobOutputs } from '../../sandbox/runner/job-outputs.ts';
import type { RunningAction } from '../../sandbox/runner/running-action.ts';
import type { World } from './scenario.ts';

type Inputs = Readonly<Record<string, string>>;

/** The first of two jobs: begins a sign-in and ends. What of its outputs the platform lets through is what others get. */
export async function beginSignIn(
  { run }: World,
  event: WorkflowEvent,
  inputs: Inputs = {},
): Promise<{ readonly job: ActionRun; readonly outputs: Readonly<Record<string, string>> }> {
  const job = await run(event, { inputs: { 'wait-for-sign-in': 'false', ...inputs } });
  const { outputs, log } = jobOutputs(job);
  assert.equal(job.conclusion, 'success', job.log.join('\n'));
  assert.ok(outputs['pending-sign-in'], log.join('\n'));
  return { job, outputs };
}

/** The second: finishes it. */
export function finishSignIn(
  { start }: World,
  event: WorkflowEvent,
  outputs: Readonly<Record<string, string>>,
  inputs: Inputs = {},
): Promise<RunningAction> {
  return start(event, { inputs: { 'pending-sign-in': outputs['pending-sign-in'] ?? '', ...inputs } });
}
