/** Runs one job of a workflow, its steps in their order. */
import type { ActionRun } from '../runner/action-run.ts';
import type { WorkflowEvent } from '../runner/event.ts';
import { jobOutputs } from '../runner/job-outputs.ts';
import type { RunningAction } from '../runner/running-action.ts';
import { SecretMasker } from '../runner/secret-masker.ts';
import { evaluateToken, holds, type Scope, type Status, textsOf, Withheld } from './expressions.ts';
import type { ActionStep, Job, RunStep, Step } from './workflow.ts';
import { JobRun, type Result, type StepRun } from './workflow-run.ts';

type Texts = Readonly<Record<string, string>>;

/** Who runs what the steps use. */
export interface Platform {
  readonly event: WorkflowEvent;
  /** Each secret that the workflow names, `GITHUB_TOKEN` beside them; empty where it does not exist. */
  readonly secrets: Texts;
  readonly vars: Texts;
  /** The action under test. */
  readonly action: {
    /** `owner/name`. */
    readonly name: string;
    /** Names of what it declares. */
    readonly inputs: readonly string[];
    readonly outputs: readonly string[];
    start(call: ActionCall): Promise<RunningAction>;
  };
  /** Other actions, by `owner/name`. They are not run. */
  readonly otherActions: Readonly<Record<string, OtherAction>>;
  /** What scripts write to `GITHUB_OUTPUT`, by the name of the step. They are not run. */
  readonly scriptOutputs?: Readonly<Record<string, Texts>>;
  /** Called when a step has ended. */
  readonly onStepEnd?: (job: string, step: StepRun) => void;
}

/** What an action of others gives out. */
export interface OtherAction {
  readonly outputs: Texts;
  /** Those of the outputs that it masks. */
  readonly masked: readonly string[];
}

/** A step that uses the action under test. */
export interface ActionCall {
  readonly job: string;
  /** `with:`. */
  readonly inputs: Texts;
  /** Variables of workflow, job and step. */
  readonly env: Texts;
  /** What the job hides by now: the secrets, and what earlier steps had masked. */
  readonly masks: readonly string[];
}

export async function runJob(
  job: Job,
  platform: Platform,
  contexts: Scope['contexts'],
  matrix: Readonly<Record<string, unknown>>,
): Promise<JobRun> {
  return await new JobRunner(job, platform, contexts, matrix).run();
}

type Ended = Pick<StepRun, 'outcome' | 'env' | 'outputs'> & { readonly action?: ActionRun };

class JobRunner {
  readonly #job: Job;
  readonly #platform: Platform;
  readonly #contexts: Scope['contexts'];
  readonly #matrix: Readonly<Record<string, unknown>>;
  readonly #env: Texts;
  readonly #steps: Record<string, unknown> = {};
  readonly #ended: StepRun[] = [];
  readonly #masks: string[] = [];
  readonly #background = new Map<string, { readonly step: ActionStep | RunStep; ended: Promise<Ended> }>();

  constructor(
    job: Job,
    platform: Platform,
    contexts: Scope['contexts'],
    matrix: Readonly<Record<string, unknown>>,
  ) {
    this.#job = job;
    this.#platform = platform;
    this.#matrix = matrix;
    const outside = { ...contexts, matrix };
    this.#env = {
      ...(contexts['env'] as Texts),
      ...textsOf(job.env, { contexts: outside }),
    };
    this.#contexts = { ...outside, env: this.#env, steps: this.#steps };
    this.#masks.push(...Object.values(platform.secrets).filter((secret) => secret !== ''));
    // They do nothing here; but a name in them that does not exist is a mistake.
    for (const token of job.rest) evaluateToken(token, { contexts: outside });
  }

  async run(): Promise<JobRun> {
    for (const step of this.#job.steps) await this.#take(step);
    // The job ends when each of its steps has.
    await this.#wait([...this.#background.keys()]);
    const { outputs, dropped } = jobOutputs({
      outputs: textsOf(this.#job.outputs, { contexts: this.#contexts }),
      mask: this.#mask(),
    });
    const { id } = this.#job;
    const result = this.#result();
    return new JobRun({ id, matrix: this.#matrix, result, steps: this.#ended, outputs, dropped });
  }

  async #take(step: Step): Promise<void> {
    if (step.kind === 'wait') return await this.#wait(step.for);
    if (!holds(step.if, { contexts: this.#contexts, status: this.#status() })) {
      this.#end(step, { outcome: 'skipped', env: {}, outputs: this.#noOutputs(step) });
      return;
    }
    const ended = step.kind === 'run' ? this.#runScript(step) : this.#runAction(step);
    if (!step.background) {
      this.#end(step, await ended);
      return;
    }
    // Whoever waits for it is told.
    ended.catch(() => undefined);
    this.#background.set(step.id, { step, ended });
    this.#steps[step.id] = new Withheld('no step has waited for it yet.');
  }

  async #wait(ids: readonly string[]): Promise<void> {
    for (const id of ids) {
      const running = this.#background.get(id);
      if (!running) continue;
      this.#background.delete(id);
      this.#end(running.step, await running.ended);
    }
  }

  #end(step: ActionStep | RunStep, { outcome, ...rest }: Ended): void {
    const conclusion = outcome === 'failure' && step.continueOnError ? 'success' : outcome;
    const ended = { id: step.id, name: step.name, outcome, conclusion, ...rest };
    this.#ended.push(ended);
    this.#steps[step.id] = { outcome, conclusion, outputs: ended.outputs };
    this.#platform.onStepEnd?.(this.#job.id, ended);
  }

  /** No shell runs a script here; but what it would get must be there. */
  async #runScript(step: RunStep): Promise<Ended> {
    const env = this.#envOf(step);
    evaluateToken(step.script, { contexts: this.#contexts });
    for (const [name, value] of Object.entries(env)) {
      if (value === '')
        throw new Error(`"${step.name}" in the job ${this.#job.id} would get an empty ${name}.`);
    }
    return { outcome: 'success', env, outputs: this.#platform.scriptOutputs?.[step.name] ?? {} };
  }

  async #runAction(step: ActionStep): Promise<Ended> {
    const env = this.#envOf(step);
    const inputs = textsOf(step.with, { contexts: this.#contexts });
    const noOutputs = this.#noOutputs(step);
    const { action, otherActions } = this.#platform;
    const other = otherActions[step.action];
    if (other) {
      this.#masks.push(...other.masked.map((name) => other.outputs[name] ?? ''));
      return { outcome: 'success', env, outputs: other.outputs };
    }
    for (const name of Object.keys(inputs)) {
      if (!action.inputs.includes(name)) throw new Error(`${step.action} has no input ${name}.`);
    }
    const running = await action.start({ job: this.#job.id, inputs, env, masks: [...this.#masks] });
    const run = await running.finished;
    this.#masks.push(...run.masks);
    return { outcome: run.conclusion, env, outputs: { ...noOutputs, ...run.outputs }, action: run };
  }

  #noOutputs(step: ActionStep | RunStep): Texts {
    const { action, otherActions, scriptOutputs } = this.#platform;
    if (step.kind === 'run') return empty(Object.keys(scriptOutputs?.[step.name] ?? {}));
    const other = otherActions[step.action];
    if (step.action !== action.name && !other) throw new Error(`Nobody said what ${step.action} does.`);
    const names = other ? Object.keys(other.outputs) : action.outputs;
    return empty(names);
  }

  #envOf(step: ActionStep | RunStep): Texts {
    return { ...this.#env, ...textsOf(step.env, { contexts: this.#contexts }) };
  }

  #status(): Status {
    const result = this.#result();
    return {
      success: result === 'success',
      failure: result === 'failure',
      cancelled: result === 'cancelled',
    };
  }

  #result(): Result {
    const conclusions = this.#ended.map(({ conclusion }) => conclusion);
    if (conclusions.includes('cancelled')) return 'cancelled';
    return conclusions.includes('failure') ? 'failure' : 'success';
  }

  /** Hides what any step had masked. */
  #mask(): (text: string) => string {
    const masker = new SecretMasker();
    for (const mask of this.#masks) masker.addWithLines(mask.trim());
    return (text) => masker.mask(text);
  }
}

function empty(names: readonly string[]): Texts {
  return Object.fromEntries(names.map((name) => [name, '']));
}
