/**
 * Runs a workflow as the platform does, as far as it goes without a shell: jobs when those that they need have ended,
 * matrices, conditions, outputs, background steps. Scripts are not run; what they would get must be there.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax
 */
import { evaluateToken, holds, textsOf } from './expressions.ts';
import { githubContext } from './github-context.ts';
import { type Platform, runJob } from './run-job.ts';
import type { Job, Workflow } from './workflow.ts';
import { JobRun, type Result, WorkflowRun } from './workflow-run.ts';

export type { ActionCall, OtherAction, Platform } from './run-job.ts';

export async function runWorkflow(workflow: Workflow, platform: Platform): Promise<WorkflowRun> {
  if (!workflow.events.includes(platform.event.name))
    throw new Error(`The workflow is not started by ${platform.event.name}.`);
  const jobs = await new WorkflowRunner(workflow, platform).run();
  return new WorkflowRun(jobs);
}

interface EndedJob {
  readonly result: Result;
  readonly runs: readonly JobRun[];
  /** A job that this one needs, or that such a one needs, has failed. */
  readonly afterFailure: boolean;
}

class WorkflowRunner {
  readonly #workflow: Workflow;
  readonly #platform: Platform;
  readonly #contexts: Readonly<Record<string, unknown>>;
  readonly #jobs = new Map<string, Promise<EndedJob>>();

  constructor(workflow: Workflow, platform: Platform) {
    this.#workflow = workflow;
    this.#platform = platform;
    const { event, secrets, vars } = platform;
    const contexts = { github: githubContext(event, secrets['GITHUB_TOKEN'] ?? ''), secrets, vars };
    this.#contexts = { ...contexts, env: textsOf(workflow.env, { contexts }) };
    if (workflow.concurrency) evaluateToken(workflow.concurrency, { contexts });
  }

  async run(): Promise<readonly JobRun[]> {
    const ended = await Promise.all(this.#workflow.jobs.map((job) => this.#ended(job)));
    return ended.flatMap(({ runs }) => runs);
  }

  #ended(job: Job): Promise<EndedJob> {
    const known = this.#jobs.get(job.id);
    if (known) return known;
    const ended = this.#runWhenReady(job);
    this.#jobs.set(job.id, ended);
    return ended;
  }

  async #runWhenReady(job: Job): Promise<EndedJob> {
    const needed = await Promise.all(
      this.#workflow.jobs
        .filter(({ id }) => job.needs.includes(id))
        .map(async (need) => ({ need, ended: await this.#ended(need) })),
    );
    const afterFailure = needed.some(({ ended }) => ended.afterFailure || ended.result === 'failure');
    const needs = Object.fromEntries(
      needed.map(({ need, ended }) => [need.id, { result: ended.result, outputs: outputsOf(need, ended) }]),
    );
    const contexts = { ...this.#contexts, needs };
    const status = {
      success: needed.every(({ ended }) => ended.result === 'success'),
      failure: afterFailure,
      cancelled: false,
    };
    const nothing = { id: job.id, matrix: {}, steps: [], outputs: {}, dropped: [] };
    if (!holds(job.if, { contexts, status })) {
      return { result: 'skipped', runs: [new JobRun({ ...nothing, result: 'skipped' })], afterFailure };
    }
    const combinations = job.matrix ? combinationsOf(evaluateToken(job.matrix, { contexts })) : [{}];
    const runs = await Promise.all(
      combinations.map((matrix) => runJob(job, this.#platform, contexts, matrix)),
    );
    return { result: new WorkflowRun(runs).conclusion, runs, afterFailure };
  }
}

/** Each that the job declares. Of several runs of a matrix the last that set it counts. */
function outputsOf(job: Job, { runs }: EndedJob): Readonly<Record<string, string>> {
  const names = [...(job.outputs ?? [])].map(({ key }) => key.toString());
  return Object.assign(
    Object.fromEntries(names.map((name) => [name, ''])),
    ...runs.map(({ outputs }) => outputs),
  );
}

function combinationsOf(matrix: unknown): readonly Readonly<Record<string, unknown>>[] {
  let combinations: Readonly<Record<string, unknown>>[] = [{}];
  for (const [name, values] of Object.entries(matrix as object)) {
    if (!Array.isArray(values) || ['include', 'exclude'].includes(name))
      throw new Error(`The sandbox does not run a matrix with ${name} like this.`);
    combinations = combinations.flatMap((one) => values.map((value: unknown) => ({ ...one, [name]: value })));
  }
  return combinations;
}
