/** A workflow as GitHub's parser reads it, in the parts that a run needs. */
import { FeatureFlags } from '@actions/expressions/features';
import type { Step as ParsedStep, WorkflowJob } from '@actions/workflow-parser/model/workflow-template';
import type { MappingToken } from '@actions/workflow-parser/templates/tokens/mapping-token';
import type { TemplateToken } from '@actions/workflow-parser/templates/tokens/template-token';
import {
  convertWorkflowTemplate,
  getWorkflowSchema,
  isMapping,
  isSequence,
  NoOperationTraceWriter,
  parseWorkflow,
  TemplateContext,
  TemplateValidationErrors,
} from './github-parser.ts';

export type Token = TemplateToken;

export interface Workflow {
  /** Names of the events that start it. */
  readonly events: readonly string[];
  readonly env: Token | undefined;
  readonly concurrency: Token | undefined;
  readonly jobs: readonly Job[];
}

export interface Job {
  readonly id: string;
  readonly needs: readonly string[];
  /** An expression; `success()` where the workflow has none. */
  readonly if: string;
  readonly matrix: Token | undefined;
  readonly env: Token | undefined;
  readonly outputs: MappingToken | undefined;
  /** What else of it may hold expressions: its name, the runner, the environment, the concurrency group. */
  readonly rest: readonly Token[];
  readonly steps: readonly Step[];
}

export type Step = ActionStep | RunStep | WaitStep;

interface ExecutedStep {
  readonly id: string;
  /** As the log names it, expressions and all. */
  readonly name: string;
  /** An expression; `success()` where the workflow has none. */
  readonly if: string;
  readonly env: Token | undefined;
  readonly background: boolean;
  readonly continueOnError: boolean;
}

export interface ActionStep extends ExecutedStep {
  readonly kind: 'uses';
  /** `owner/name`. */
  readonly action: string;
  readonly with: Token | undefined;
}

export interface RunStep extends ExecutedStep {
  readonly kind: 'run';
  readonly script: Token;
}

/** Waits for background steps. */
export interface WaitStep {
  readonly kind: 'wait';
  readonly for: readonly string[];
}

/** @throws Error that names each mistake that GitHub would refuse the file for. */
export async function readWorkflow(name: string, content: string): Promise<Workflow> {
  const context = new TemplateContext(
    new TemplateValidationErrors(),
    getWorkflowSchema(),
    new NoOperationTraceWriter(),
  );
  // On the platform since June 2026; in the parser still behind a flag.
  context.state['featureFlags'] = new FeatureFlags({ allowBackgroundSteps: true });
  const { value } = parseWorkflow({ name, content }, context);
  throwErrors(context.errors.getErrors().map(({ message }) => message));
  if (!value || !isMapping(value)) throw new Error(`${name} is empty.`);

  const template = await convertWorkflowTemplate(context, value, undefined, {
    featureFlags: new FeatureFlags({ allowBackgroundSteps: true }),
  });
  throwErrors((template.errors ?? []).map(({ Message }) => Message));
  return {
    events: Object.keys(template.events),
    env: value.find('env'),
    concurrency: value.find('concurrency'),
    jobs: template.jobs.map((job) => jobOf(job, mappingAt(mappingAt(value, 'jobs'), job.id.value))),
  };
}

function throwErrors(messages: readonly string[]): void {
  if (messages.length > 0) throw new Error(messages.join('\n'));
}

function jobOf(job: WorkflowJob, written: MappingToken): Job {
  if (job.type !== 'job') throw notRun(`a reusable workflow (${job.id.value})`);
  const steps = written.find('steps');
  const rest = ['name', 'runs-on', 'environment', 'concurrency'].map((key) => written.find(key));
  return {
    id: job.id.value,
    needs: (job.needs ?? []).map(({ value }) => value),
    if: job.if.expression,
    matrix: job.strategy && isMapping(job.strategy) ? job.strategy.find('matrix') : undefined,
    env: job.env,
    outputs: job.outputs,
    rest: rest.filter((token) => token !== undefined),
    steps: job.steps.map((step, index) => {
      const token = steps && isSequence(steps) ? steps.get(index) : undefined;
      return stepOf(step, token && isMapping(token) ? token.find('with') : undefined);
    }),
  };
}

function stepOf(step: ParsedStep, inputs: Token | undefined): Step {
  if ('wait' in step) return { kind: 'wait', for: step.wait.map(({ value }) => value) };
  if (!('uses' in step || 'run' in step)) throw notRun(`the step ${step.id}`);
  const executed = {
    id: step.id,
    if: step.if.expression,
    env: step.env,
    background: step.background ?? false,
    continueOnError: step['continue-on-error'] === true,
  };
  const name = step.name?.toDisplayString();
  if ('run' in step) return { ...executed, kind: 'run', name: name ?? step.id, script: step.run };
  const [action = ''] = step.uses.value.split('@');
  return { ...executed, kind: 'uses', name: name ?? action, action, with: inputs };
}

function mappingAt(token: MappingToken, key: string): MappingToken {
  const found = token.find(key);
  if (!found || !isMapping(found)) throw new Error(`${key} is no mapping.`);
  return found;
}

function notRun(what: string): Error {
  return new Error(`The sandbox does not run ${what}.`);
}
