import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { alice } from '../../sandbox/authority/directory.ts';
import { findLeaks, findLeaksIn } from '../../sandbox/leaks.ts';
import type { ActionRun } from '../../sandbox/runner/action-run.ts';
import type { WorkflowEvent } from '../../sandbox/runner/event.ts';
import type { RunningAction } from '../../sandbox/runner/running-action.ts';
import { type Sandbox, type SandboxOptions, type StepOptions, startSandbox } from '../../sandbox/sandbox.ts';
import './fresh-dist.ts';
import { secretOutputs } from './secret-outputs.ts';

/** A scenario's world: the sandbox, and the step as a workflow would have it. */
export interface World {
  readonly sandbox: Sandbox;
  /** The step's encryption key; every run gets it unless its inputs say otherwise. */
  readonly encryptionKey: string;
  /** Runs the step to its end. */
  run(event: WorkflowEvent, step?: StepOptions): Promise<ActionRun>;
  /** Starts the step. */
  start(event: WorkflowEvent, step?: StepOptions): Promise<RunningAction>;
  /** Runs the step, and signs in as soon as the code is shown. */
  runAndSignIn(event: WorkflowEvent, username?: string, step?: StepOptions): Promise<ActionRun>;
  /** Requests that Entra got for tokens and device codes. */
  entraRequests(): number;
  /** A value that must not be seen anywhere, beside all that the sandbox issues. */
  keepSecret(kind: string, value: string): void;
}

/** The sandbox's options, and why the scenario cannot run here, if so. */
export interface ScenarioOptions extends SandboxOptions {
  readonly skip?: false | string;
}

/**
 * One end-to-end test: the committed dist/, in a process of its own, against a sandbox of its own. After the body, every
 * run is searched for every secret, and its workspace must be as it was.
 */
export function scenario(
  sentence: string,
  body: (world: World) => Promise<void>,
  { skip = false, ...options }: ScenarioOptions = {},
): void {
  test(sentence, { skip }, async () => {
    await using sandbox = await startSandbox(options);
    const started: RunningAction[] = [];
    const encryptionKey = randomBytes(32).toString('base64');
    const secrets = [{ kind: 'encryption-key', value: encryptionKey }];

    const start = async (event: WorkflowEvent, step: StepOptions = {}): Promise<RunningAction> => {
      const running = await sandbox.start(event, {
        ...step,
        inputs: { 'encryption-key': encryptionKey, ...step.inputs },
        secrets: [encryptionKey, ...(step.secrets ?? [])],
      });
      started.push(running);
      return running;
    };
    const world: World = {
      sandbox,
      encryptionKey,
      start,
      run: async (event, step) => (await start(event, step)).finished,
      runAndSignIn: async (event, username = alice.username, step = {}) => {
        const running = await start(event, step);
        await sandbox.authority.signIn(await shownCode(running), username);
        return running.finished;
      },
      entraRequests: () =>
        sandbox.authority.requests.filter(({ endpoint }) => !['me', 'introspection'].includes(endpoint))
          .length,
      keepSecret: (kind, value) => void secrets.push({ kind, value }),
    };

    await body(world);

    const all = [...secrets, ...sandbox.authority.secrets];
    for (const running of started) {
      const run = await running.finished;
      assert.deepEqual(findLeaks(all, run, { secretOutputs }), [], 'a secret was seen');
      assert.deepEqual(run.leftovers, [], 'something was left behind');
      assert.deepEqual(run.defects, []);
      await running.dispose();
    }
    const entries = sandbox.cacheService.entries.map(({ key, bytes }) => ({
      place: key,
      content: Buffer.from(bytes),
    }));
    assert.deepEqual(findLeaksIn(all, entries), [], 'a secret is in the workflow cache in clear');
  });
}

/** The code that the log shows. */
export async function shownCode(running: RunningAction): Promise<string> {
  const line = await running.line(/enter code +(\S+)/);
  return /enter code +(\S+)/.exec(line)?.[1] ?? '';
}

/** The whole visible log, to match against. */
export function logOf(run: ActionRun): string {
  return run.log.join('\n');
}
