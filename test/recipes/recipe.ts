import { join } from 'node:path';
import { alice } from '../../sandbox/authority/directory.ts';
import { readActionManifest } from '../../sandbox/runner/action-manifest.ts';
import type { WorkflowEvent } from '../../sandbox/runner/event.ts';
import type { RunningAction } from '../../sandbox/runner/running-action.ts';
import type { Sandbox, SandboxOptions } from '../../sandbox/sandbox.ts';
import { type ActionCall, type OtherAction, runWorkflow } from '../../sandbox/workflow/run-workflow.ts';
import { readWorkflow } from '../../sandbox/workflow/workflow.ts';
import type { WorkflowRun } from '../../sandbox/workflow/workflow-run.ts';
import { scenario, shownCode, type World } from '../e2e/scenario.ts';
import { recipePages, withOwnNames, workflowOn } from './recipe-page.ts';

type Texts = Readonly<Record<string, string>>;

/** A person who signs in, once, with the code that a job shows. */
export interface Person {
  /** The job in whose log they read the code. */
  readonly in: string;
  /** They come when the step of this name in the same job has ended. */
  readonly after?: string;
}

export interface RecipeRun {
  readonly person?: Person;
  /** Beside `ENTRA_ENCRYPTION_KEY` and `GITHUB_TOKEN`. */
  readonly secrets?: Texts;
  readonly vars?: Texts;
  /** By `owner/name`; `actions/checkout` need not be named. */
  readonly otherActions?: Readonly<Record<string, OtherAction>>;
  /** What scripts write to `GITHUB_OUTPUT`, by the name of the step. */
  readonly scriptOutputs?: Readonly<Record<string, Texts>>;
  /** The runner's own variables, over the sandbox's. */
  readonly runnerEnv?: Texts;
}

export interface RecipeWorld extends Pick<World, 'sandbox' | 'entraRequests' | 'keepSecret'> {
  /** Runs the whole workflow. */
  run(event: WorkflowEvent, options?: RecipeRun): Promise<WorkflowRun>;
}

/**
 * A scenario in which the workflow of a recipe runs, with the sandbox's app and person for the placeholders. What the
 * scenarios check of each run of the action is checked here too: no secret is seen, nothing is left behind.
 *
 * @param page file name in docs/recipes
 */
export function recipe(
  page: string,
  sentence: string,
  body: (world: RecipeWorld) => Promise<void>,
  options: SandboxOptions = {},
): void {
  if (!recipePages().includes(page)) throw new Error(`There is no recipe ${page}.`);
  scenario(
    sentence,
    async (world) => {
      const workflow = await readWorkflow(page, withOwnNames(workflowOn(page)));
      const manifest = await readActionManifest(join(import.meta.dirname, '../..'));
      const run: RecipeWorld['run'] = async (event, given = {}) => {
        const secrets = {
          ENTRA_ENCRYPTION_KEY: world.encryptionKey,
          GITHUB_TOKEN: `ghs_${'0'.repeat(36)}`,
          ...given.secrets,
        };
        const visit = new Visit(world.sandbox, given.person);
        const start = async ({ job, inputs, env, masks }: ActionCall): Promise<RunningAction> => {
          const running = await world.start(event, {
            // Only the workflow gives inputs.
            inputs: { 'client-id': '', 'encryption-key': '', ...inputs },
            env: { ...given.runnerEnv, ...env, GITHUB_JOB: job },
            secrets: masks,
          });
          visit.noticeStart(job, running);
          return running;
        };
        const ended = await runWorkflow(workflow, {
          event,
          secrets,
          vars: given.vars ?? {},
          action: {
            name: 'OWNER/entra-user-token',
            inputs: [...manifest.inputs.keys()],
            outputs: manifest.outputs,
            start,
          },
          otherActions: { 'actions/checkout': { outputs: {}, masked: [] }, ...given.otherActions },
          scriptOutputs: given.scriptOutputs ?? {},
          onStepEnd: (job, { name }) => visit.noticeEnd(job, name),
        });
        await visit.over;
        return ended;
      };
      await body({ ...world, run });
    },
    options,
  );
}

/** The person's part in a run. */
class Visit {
  readonly #sandbox: Sandbox;
  readonly #person: Person | undefined;
  readonly #isTime = Promise.withResolvers<void>();
  #signedIn: Promise<void> | undefined;

  constructor(sandbox: Sandbox, person: Person | undefined) {
    this.#sandbox = sandbox;
    this.#person = person;
    if (person?.after === undefined) this.#isTime.resolve();
  }

  noticeStart(job: string, running: RunningAction): void {
    if (job !== this.#person?.in) return;
    this.#signedIn = this.#signIn(running);
    // Whoever awaits `over` is told.
    this.#signedIn.catch(() => undefined);
  }

  noticeEnd(job: string, step: string): void {
    if (job === this.#person?.in && step === this.#person.after) this.#isTime.resolve();
  }

  /** Rejects where the person was never asked. */
  get over(): Promise<void> {
    if (this.#person && !this.#signedIn)
      return Promise.reject(new Error(`The job ${this.#person.in} asked nobody.`));
    return this.#signedIn ?? Promise.resolve();
  }

  async #signIn(running: RunningAction): Promise<void> {
    const [code] = await Promise.all([shownCode(running), this.#isTime.promise]);
    await this.#sandbox.authority.signIn(code, alice.username);
  }
}

/** What a resource says of a token that it is shown. */
export interface TokenState {
  readonly active: boolean;
  readonly username?: string;
  readonly scope?: string;
}

export async function showToken(sandbox: Sandbox, resource: string, token: string): Promise<TokenState> {
  const { body } = await sandbox.askAuthority(sandbox.authority.introspectionUrl(resource), {
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ token }).toString(),
  });
  return JSON.parse(body) as TokenState;
}
