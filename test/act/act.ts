/**
 * act, a runner that is not this repository's own: runs workflows on this machine, with a cache server that speaks
 * version 1 of the protocol. https://nektosact.com/usage/index.html
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { LineReader } from '../../sandbox/runner/line-reader.ts';

const root = join(import.meta.dirname, '../..');
const limitMilliseconds = 300_000;

/** What is the same for all runs on one machine: where act keeps its caches. */
export interface ActMachine extends AsyncDisposable {
  readonly folder: string;
  /** Where act's cache server keeps the entries. */
  readonly cacheFolder: string;
}

export interface ActRun {
  readonly event: 'workflow_dispatch' | 'schedule';
  /** Path in the repository. */
  readonly workflow: string;
  readonly env: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
  /** More of act's own options. */
  readonly options?: readonly string[];
  /** Called with each line that act prints. */
  readonly onLine?: (line: string) => void;
}

export interface ActResult {
  readonly exitCode: number | null;
  readonly log: string;
}

export async function createActMachine(): Promise<ActMachine> {
  const folder = await mkdtemp(join(tmpdir(), 'entra-user-token-act-'));
  return {
    folder,
    cacheFolder: join(folder, 'cache'),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true, maxRetries: 3 }),
  };
}

/** Runs one workflow to its end. */
export async function runAct(machine: ActMachine, run: ActRun): Promise<ActResult> {
  const args = await argumentsOf(machine, run);
  const child = spawn(findAct(), args, {
    cwd: root,
    env: environmentOf(machine),
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const stop = (): void => endGroup(child);
  process.once('exit', stop);
  const timer = setTimeout(stop, limitMilliseconds);
  try {
    return await readToTheEnd(child, run.onLine);
  } finally {
    clearTimeout(timer);
    process.off('exit', stop);
    stop();
  }
}

/** Never skips: a check that does not run is not a check that passed. */
function findAct(): string {
  const folders = [join(root, '.tools/bin'), ...(process.env['PATH'] ?? '').split(delimiter)];
  const found = folders.map((folder) => join(folder, 'act')).find((path) => existsSync(path));
  if (found) return found;
  throw new Error('act is not installed. "bash .ci/install-tools act" puts it into .tools/bin; it needs Go.');
}

async function argumentsOf({ folder, cacheFolder }: ActMachine, run: ActRun): Promise<string[]> {
  const eventFile = join(folder, 'event.json');
  const envFile = join(folder, 'env');
  const secretFile = join(folder, 'secrets');
  const repository = { private: true, default_branch: currentBranch() };
  await writeFile(eventFile, JSON.stringify({ repository }));
  await writeFile(envFile, dotenv(run.env));
  await writeFile(secretFile, dotenv(run.secrets), { mode: 0o600 });
  const loopback = '127.0.0.1';
  return [
    run.event,
    ...['--workflows', run.workflow, '--eventpath', eventFile],
    ...['--env-file', envFile, '--secret-file', secretFile, '--var-file', '', '--input-file', ''],
    ...['--platform', 'ubuntu-latest=-self-hosted', '--actor', 'octocat'],
    ...['--action-cache-path', join(folder, 'workspaces'), '--artifact-server-addr', loopback],
    ...['--cache-server-path', cacheFolder, '--cache-server-addr', loopback, '--cache-server-port', '0'],
    ...(run.options ?? []),
  ];
}

/** A home of its own, so that nobody's settings of act count; and this Node, which is the platform's. */
function environmentOf({ folder }: ActMachine): NodeJS.ProcessEnv {
  return {
    PATH: [dirname(process.execPath), process.env['PATH']].join(delimiter),
    HOME: folder,
    TMPDIR: folder,
  };
}

/** The event names the branch it is on as the default one, wherever the tests run. */
function currentBranch(): string {
  const name = execFileSync('git', ['rev-parse', '--abbrev-ref', 'HEAD'], { cwd: root, encoding: 'utf8' });
  return name.trim();
}

function dotenv(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
}

function readToTheEnd(child: ChildProcess, onLine?: (line: string) => void): Promise<ActResult> {
  const lines: string[] = [];
  const { promise, resolve, reject } = Promise.withResolvers<ActResult>();
  for (const stream of [child.stdout, child.stderr]) {
    const reader = new LineReader((line) => {
      lines.push(line);
      onLine?.(line);
    });
    stream?.setEncoding('utf8');
    stream?.on('data', (chunk: string) => reader.write(chunk));
    stream?.on('end', () => reader.end());
  }
  child.once('error', reject);
  child.once('close', (exitCode) => resolve({ exitCode, log: lines.join('\n') }));
  return promise;
}

function endGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // Nothing of it is left.
  }
}
