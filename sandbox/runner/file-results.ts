/** What an action wrote to its command files, and what the runner makes of it. */
import { readFile } from 'node:fs/promises';
import type { CommandFiles } from './environment.ts';
import { parseFileCommands, parsePathCommands } from './file-commands.ts';
import type { SecretMasker } from './secret-masker.ts';
import type { StepLog } from './step-log.ts';

export interface FileResults {
  readonly summary: string;
  readonly summaryRaw: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly state: Readonly<Record<string, string>>;
  readonly env: Readonly<Record<string, string>>;
  readonly path: readonly string[];
}

const maxSummaryBytes = 1024 * 1024;

/** Reads the command files as the runner does after the step, with its errors and debug lines in the log. */
export async function readFileResults(
  files: CommandFiles,
  log: StepLog,
  masker: SecretMasker,
): Promise<FileResults> {
  const outputs = await parseFile('output', files.output, log);
  for (const [name, value] of Object.entries(outputs)) log.debug(`Set output ${name} = ${value}`);
  const state = await parseFile('state', files.state, log);
  for (const [name, value] of Object.entries(state)) log.debug(`Save intra-action state ${name} = ${value}`);
  const env = await parseFile('env', files.env, log);
  if (Object.hasOwn(env, 'NODE_OPTIONS')) {
    log.annotate('error', "Can't store NODE_OPTIONS output parameter using '$GITHUB_ENV' command.");
    delete env['NODE_OPTIONS'];
  }
  for (const [name, value] of Object.entries(env)) log.debug(`${name}='${value}'`);
  const path = parsePathCommands(await readOrEmpty(files.path));
  const summaryRaw = files.summary === undefined ? '' : await readOrEmpty(files.summary);
  return { outputs, state, env, path, summaryRaw, summary: maskSummary(summaryRaw, log, masker) };
}

async function parseFile(name: string, path: string, log: StepLog): Promise<Record<string, string>> {
  try {
    return parseFileCommands(await readOrEmpty(path));
  } catch (error) {
    log.commandFailed = true;
    log.annotate('error', `Unable to process file command '${name}' successfully.`);
    log.annotate('error', error instanceof Error ? error.message : String(error));
    return {};
  }
}

function maskSummary(raw: string, log: StepLog, masker: SecretMasker): string {
  const bytes = Buffer.byteLength(raw);
  if (bytes > maxSummaryBytes) {
    const sizes = `supports content up to a size of ${maxSummaryBytes / 1024}k, got ${Math.floor(bytes / 1024)}k`;
    log.annotate('error', `$GITHUB_STEP_SUMMARY upload aborted, ${sizes}.`);
    return '';
  }
  return raw
    .split('\n')
    .map((line) => masker.mask(line))
    .join('\n');
}

/** An action may have removed the file, which the runner takes as an empty one. */
async function readOrEmpty(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    return '';
  }
}
