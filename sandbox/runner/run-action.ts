/**
 * Starts a built JavaScript action as GitHub's runner does: its environment, its files, its folders, its log.
 */
import { readActionManifest } from './action-manifest.ts';
import { ActionProcess } from './action-process.ts';
import type { ActionRun } from './action-run.ts';
import { type CommandFiles, githubEnvironment, inputEnvironment, runnerEnvironment } from './environment.ts';
import type { WorkflowEvent } from './event.ts';
import { workflowDispatch } from './events.ts';
import { resolveInputs, type StepInputs } from './inputs.ts';
import { RunFolders } from './run-folders.ts';
import { RunningAction } from './running-action.ts';
import { SecretMasker } from './secret-masker.ts';
import { StepLog } from './step-log.ts';

export interface RunOptions {
  /** Folder of `action.yml`. */
  readonly actionDirectory: string;
  /** The step's `with:`. Declared inputs that are missing here get their default, or are empty. */
  readonly inputs?: Readonly<Record<string, string>>;
  /** Default: a person dispatches the workflow by hand in a private repository. */
  readonly event?: WorkflowEvent;
  /** Variables over and above the runner's, such as those of a cache service or a proxy. */
  readonly env?: Readonly<Record<string, string>>;
  /** Values of the repository's secrets the workflow uses, which the platform masks beforehand. */
  readonly secrets?: readonly string[];
  /** Debug logging is on (`RUNNER_DEBUG`). */
  readonly debug?: boolean;
  /** The runner has no job summaries. */
  readonly noSummary?: boolean;
  /** The action is killed after so long, and the run rejects. Default: 60,000. */
  readonly timeoutMilliseconds?: number;
  /** Called with each line of the visible log as it comes. */
  readonly onLine?: (line: string) => void;
}

/** Starts an action and waits for its end. Dispose of the run, or leave it to the end of the process. */
export async function runAction(options: RunOptions): Promise<ActionRun> {
  const action = await startAction(options);
  try {
    return await action.finished;
  } catch (error) {
    await action.dispose();
    throw error;
  }
}

/** Starts an action and leaves it running. */
export async function startAction(options: RunOptions): Promise<RunningAction> {
  const { event = workflowDispatch(), env = {}, debug = false } = options;
  const manifest = await readActionManifest(options.actionDirectory);
  const inputs = resolveInputs(manifest, options.inputs ?? {});
  const folders = await RunFolders.create();
  const { workspace } = folders.paths;
  const files = await writeCommandFiles(folders, options.noSummary ?? false);
  const payload = JSON.stringify(event.payload);
  const eventPath = await folders.writeOwnFile('_github_workflow', 'event.json', payload);
  await folders.remember();

  const masker = new SecretMasker();
  // The token of the runtime is a secret of the platform's own.
  const secrets = [...(options.secrets ?? []), env['ACTIONS_RUNTIME_TOKEN'] ?? ''];
  for (const secret of secrets) masker.addWithLines(secret.trim());
  const platformMasks = masker.values;

  let running: RunningAction | undefined;
  const log = new StepLog(masker, debug, (line) => {
    options.onLine?.(line.text);
    running?.notice(line);
  });
  showInputs(log, inputs);
  const environment = {
    ...runnerEnvironment(folders, debug),
    ...githubEnvironment(event, eventPath, files, workspace),
    ...inputEnvironment(inputs.values),
    ...env,
  };
  const timeoutMilliseconds = options.timeoutMilliseconds ?? 60_000;
  const process = new ActionProcess(manifest.main, workspace, environment, (line) => log.take(line));
  running = new RunningAction({ process, log, folders, files, masker, platformMasks, timeoutMilliseconds });
  return running;
}

async function writeCommandFiles(folders: RunFolders, noSummary: boolean): Promise<CommandFiles> {
  const id = crypto.randomUUID();
  const file = (prefix: string) => folders.writeOwnFile('_runner_file_commands', `${prefix}_${id}`, '');
  return {
    output: await file('set_output'),
    state: await file('save_state'),
    env: await file('set_env'),
    path: await file('add_path'),
    summary: noSummary ? undefined : await file('step_summary'),
  };
}

/** What the log begins with, before the action says anything: inputs in clear unless they are known secrets. */
function showInputs(log: StepLog, inputs: StepInputs): void {
  for (const warning of inputs.warnings) log.annotate('warning', warning);
  log.startGroup('Run contoso/entra-user-token@v1');
  const shown = [...inputs.values].filter(([, value]) => value !== '');
  if (shown.length > 0) log.show('with:');
  for (const [name, value] of shown) log.show(`  ${name}: ${value}`);
  log.endGroup();
}
