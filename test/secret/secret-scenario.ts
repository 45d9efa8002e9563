import assert from 'node:assert/strict';
import { alice, sandboxTenant } from '../../sandbox/authority/directory.ts';
import type { Grants } from '../../sandbox/github-api.ts';
import { findLeaksIn } from '../../sandbox/leaks.ts';
import type { ActionRun } from '../../sandbox/runner/action-run.ts';
import type { WorkflowEvent } from '../../sandbox/runner/event.ts';
import type { RunningAction } from '../../sandbox/runner/running-action.ts';
import type { StepOptions } from '../../sandbox/sandbox.ts';
import { type ScenarioOptions, scenario, type World } from '../e2e/scenario.ts';

interface SecretOptions extends ScenarioOptions {
  /** What `secret-token` may do. Default: write the secrets of the repository. */
  readonly grants?: Grants;
  /** Inputs of every step, over and above those that name the secret. */
  readonly inputs?: Readonly<Record<string, string>>;
}

/** A world in which the step keeps its sign-in in a secret, and in the workflow cache only where its inputs say so. */
export interface SecretWorld extends World {
  readonly secretToken: string;
  /** What the secret holds now; empty where it is not there. */
  stored(): string;
  /** Puts a value there, as `gh secret set` does. */
  store(value: string): void;
  /** The requests to GitHub's API: method and status. */
  githubRequests(): readonly string[];
}

export const secretName = 'ENTRA_TOKEN_CACHE';

/**
 * A scenario in which each run gets the secret's present value as `token-cache`, as `${{ secrets.ENTRA_TOKEN_CACHE }}` would
 * give it. After the body, what was sent to GitHub is searched for every secret too.
 */
export function secretScenario(
  sentence: string,
  body: (world: SecretWorld) => Promise<void>,
  { grants = { secrets: 'write' }, inputs = {}, ...options }: SecretOptions = {},
): void {
  scenario(
    sentence,
    async (world) => {
      const { githubApi, authority } = world.sandbox;
      const secretToken = githubApi.issueToken(grants);
      world.keepSecret('secret-token', secretToken);
      const vault = () => githubApi.secrets(inputs['secret-environment'] || undefined);
      const stored = () => vault().value(secretName);
      const withSecret = (step: StepOptions = {}): StepOptions => ({
        ...step,
        inputs: {
          'tenant-id': sandboxTenant.id,
          'workflow-cache': 'false',
          'token-cache': stored(),
          'secret-name': secretName,
          'secret-token': secretToken,
          ...inputs,
          ...step.inputs,
        },
        // The platform masks a secret that the workflow uses, and knows of none that is empty.
        secrets: [secretToken, ...(stored() === '' ? [] : [stored()]), ...(step.secrets ?? [])],
      });
      const start = (event: WorkflowEvent, step?: StepOptions): Promise<RunningAction> =>
        world.start(event, withSecret(step));

      await body({
        ...world,
        secretToken,
        stored,
        store: (value) => vault().set(secretName, value),
        start,
        run: async (event, step): Promise<ActionRun> => (await start(event, step)).finished,
        runAndSignIn: (event, username = alice.username, step = {}) =>
          world.runAndSignIn(event, username, withSecret(step)),
        githubRequests: () => githubApi.requests.map(({ method, status }) => `${method} ${status}`),
      });

      const sent = githubApi.requests.map(({ path, body: content }) => ({
        place: path,
        content: path + content,
      }));
      const secrets = [...authority.secrets, { kind: 'encryption-key', value: world.encryptionKey }];
      assert.deepEqual(findLeaksIn(secrets, sent), [], 'a secret was sent to GitHub in clear');
    },
    options,
  );
}
