import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { githubEnvironment } from '../../../sandbox/runner/environment.ts';
import type { WorkflowEvent } from '../../../sandbox/runner/event.ts';
import { readWorkflowRun, type WorkflowRun } from '../../../src/action/workflow-run.ts';

const folder = mkdtempSync(join(tmpdir(), 'event-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));

/** The run as the step reads it from the environment and the event's payload; text is a payload that is no JSON. */
export function runOf(payload: object | string, env: NodeJS.ProcessEnv = {}): WorkflowRun {
  const path = join(folder, 'event.json');
  writeFileSync(path, typeof payload === 'string' ? payload : JSON.stringify(payload));
  return readWorkflowRun({ GITHUB_EVENT_PATH: path, ...env });
}

/** The run as the step reads it from all that the sandbox's runner passes for an event. */
export function runOfEvent(event: WorkflowEvent): WorkflowRun {
  const files = { output: '', state: '', env: '', path: '', summary: undefined };
  const { GITHUB_EVENT_PATH: _, ...env } = githubEnvironment(event, '', files, '');
  return runOf(event.payload, env);
}
