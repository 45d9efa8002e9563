/** What a run of an action has come to, as the platform and its users see it. */
import type { ActionProcess, ProcessEnd } from './action-process.ts';
import type { CommandFiles } from './environment.ts';
import { readFileResults } from './file-results.ts';
import type { Leftover, RunFolders } from './run-folders.ts';
import type { SecretMasker } from './secret-masker.ts';
import type { Annotation, LogLine, StepLog } from './step-log.ts';

export interface ActionRun extends AsyncDisposable {
  readonly conclusion: 'success' | 'failure' | 'cancelled';
  /** `null` where a signal ended the process. */
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  /** The log page, masked, line by line. */
  readonly log: readonly string[];
  /** The same with the fold each line is in. */
  readonly lines: readonly LogLine[];
  /** What the process printed, with every secret. */
  readonly raw: { readonly stdout: string; readonly stderr: string };
  readonly annotations: readonly Annotation[];
  /** The job summary, masked line by line; empty where there is none or it is too large. */
  readonly summary: string;
  readonly summaryRaw: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly outputsMasked: Readonly<Record<string, string>>;
  /** For a `post` step. */
  readonly state: Readonly<Record<string, string>>;
  /** Variables for the steps that follow. */
  readonly env: Readonly<Record<string, string>>;
  /** Paths for the steps that follow. */
  readonly path: readonly string[];
  /** What the action asked to be masked, each value and each of its lines. */
  readonly masks: readonly string[];
  /** What an action of today should not do although the platform lets it; one sentence each. */
  readonly defects: readonly string[];
  readonly leftovers: readonly Leftover[];
  /** From the start of the process to the end of its output. */
  readonly durationMilliseconds: number;
  readonly workspace: string;
  readonly runnerTemp: string;
  /** Hides what this run had masked, in any text. */
  readonly mask: (text: string) => string;
  /** Removes the folders of the run. */
  dispose(): Promise<void>;
}

/** An action that was started, and all that belongs to it. */
export interface StartedAction {
  readonly process: ActionProcess;
  readonly log: StepLog;
  readonly folders: RunFolders;
  readonly files: CommandFiles;
  readonly masker: SecretMasker;
  /** What was masked before the action said anything. */
  readonly platformMasks: readonly string[];
  readonly timeoutMilliseconds: number;
}

/**
 * Waits for the end of an action and gathers what came of it.
 *
 * @param isCancelled asked when the action has ended.
 * @throws where it does not end in time; it is killed then.
 */
export async function finishRun(action: StartedAction, isCancelled: () => boolean): Promise<ActionRun> {
  const { process, log, folders, files, masker, platformMasks } = action;
  const { exitCode, signal } = await endInTime(action);
  const durationMilliseconds = performance.now() - process.startedAt;
  log.endGroup();
  log.debug(`Node Action run completed with exit code ${exitCode}`);
  const results = await readFileResults(files, log, masker);
  const cancelled = isCancelled();
  if (cancelled) log.annotate('error', 'The operation was canceled.');
  const failed = exitCode !== 0 || log.commandFailed;
  const outputs = { ...log.outputs, ...results.outputs };
  const dispose = () => folders[Symbol.asyncDispose]();
  return {
    ...results,
    conclusion: cancelled ? 'cancelled' : failed ? 'failure' : 'success',
    exitCode,
    signal,
    log: log.lines.map(({ text }) => text),
    lines: log.lines,
    raw: process.raw,
    annotations: log.annotations,
    outputs,
    outputsMasked: mapValues(outputs, (value) => masker.mask(value)),
    state: { ...log.state, ...results.state },
    masks: masker.values.filter((value) => !platformMasks.includes(value)),
    defects: log.defects,
    leftovers: await folders.leftovers(),
    durationMilliseconds,
    workspace: folders.paths.workspace,
    runnerTemp: folders.paths.runnerTemp,
    mask: (text) => masker.mask(text),
    dispose,
    [Symbol.asyncDispose]: dispose,
  };
}

async function endInTime({ process, log, timeoutMilliseconds }: StartedAction): Promise<ProcessEnd> {
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    process.kill();
  }, timeoutMilliseconds);
  try {
    const end = await process.ended;
    if (!isLate) return end;
  } finally {
    clearTimeout(timer);
  }
  const text = log.lines.map((line) => line.text).join('\n');
  throw new Error(`The action did not end within ${timeoutMilliseconds} ms. Its log:\n${text}`);
}

function mapValues(
  values: Readonly<Record<string, string>>,
  map: (value: string) => string,
): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, map(value)]));
}
