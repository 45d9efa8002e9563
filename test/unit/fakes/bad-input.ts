import assert from 'node:assert/strict';
import type { WorkflowRun } from '../../../src/action/workflow-run.ts';
import { Failure } from '../../../src/failure.ts';
import { inputsOf } from './inputs.ts';

/** The message with which these inputs are refused; being accepted fails the test. */
export function refusalOfInputs(inputs: Readonly<Record<string, string>>, run?: WorkflowRun): string {
  try {
    inputsOf(inputs, run);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    assert.equal(error.code, 'bad-input');
    return error.message;
  }
  return assert.fail('the inputs were accepted');
}
