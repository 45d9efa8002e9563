/** What a run of a workflow has come to. */
import type { ActionRun } from '../runner/action-run.ts';

export type Result = 'success' | 'failure' | 'cancelled' | 'skipped';

export interface StepRun {
  readonly id: string;
  readonly name: string;
  /** Before `continue-on-error`. */
  readonly outcome: Result;
  readonly conclusion: Result;
  /** The step's own variables, and those of its job and workflow. */
  readonly env: Readonly<Record<string, string>>;
  /** Each that the step could set; empty where it did not. */
  readonly outputs: Readonly<Record<string, string>>;
  /** Of a step that ran the action under test. */
  readonly action?: ActionRun;
}

export class JobRun {
  readonly id: string;
  readonly matrix: Readonly<Record<string, unknown>>;
  readonly result: Result;
  readonly steps: readonly StepRun[];
  /** What other jobs get; empty where it was not set or was dropped. */
  readonly outputs: Readonly<Record<string, string>>;
  /** Names of outputs that the platform dropped, since they hold a secret. */
  readonly dropped: readonly string[];

  constructor(parts: Pick<JobRun, 'id' | 'matrix' | 'result' | 'steps' | 'outputs' | 'dropped'>) {
    this.id = parts.id;
    this.matrix = parts.matrix;
    this.result = parts.result;
    this.steps = parts.steps;
    this.outputs = parts.outputs;
    this.dropped = parts.dropped;
  }

  /** @param named the step's name or id. @throws Error where there is none. */
  step(named: string): StepRun {
    return found(
      this.steps.find(({ name, id }) => name === named || id === named),
      `step ${named} in ${this.id}`,
    );
  }
}

export class WorkflowRun {
  /** Each job once, and once for each combination of its matrix. */
  readonly jobs: readonly JobRun[];

  constructor(jobs: readonly JobRun[]) {
    this.jobs = jobs;
  }

  get conclusion(): Result {
    const results = this.jobs.map(({ result }) => result);
    if (results.includes('failure')) return 'failure';
    return results.includes('cancelled') ? 'cancelled' : 'success';
  }

  /** @throws Error where there is none. */
  job(id: string): JobRun {
    return found(
      this.jobs.find((job) => job.id === id),
      `job ${id}`,
    );
  }
}

function found<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`There is no ${what}.`);
  return value;
}
