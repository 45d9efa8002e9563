import { type Inputs, readInputs } from '../../../src/action/inputs.ts';
import type { WorkflowRun } from '../../../src/action/workflow-run.ts';
import { clientId } from './request.ts';
import { workflowRun } from './workflow-run.ts';

/** Does something while the step has these inputs, as the runner passes them, and no others. */
export function withInputs<T>(inputs: Readonly<Record<string, string>>, work: () => T): T {
  const before = { ...process.env };
  for (const name of Object.keys(process.env)) if (name.startsWith('INPUT_')) delete process.env[name];
  for (const [name, value] of Object.entries(inputs)) process.env[`INPUT_${name.toUpperCase()}`] = value;
  try {
    return work();
  } finally {
    process.env = before;
  }
}

/** Reads a step's inputs; client-id is given unless it is among them. */
export function inputsOf(inputs: Readonly<Record<string, string>>, run: WorkflowRun = workflowRun()): Inputs {
  return withInputs({ 'client-id': clientId, ...inputs }, () => readInputs(run));
}
