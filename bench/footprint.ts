/** What a run loads, asks and starts: numbers that are the same on every machine. */
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { type Program, run } from './program.ts';
import { root } from './step.ts';

export interface Footprint {
  /** Bytes of the files that the action's own process loads. */
  readonly bytesLoaded: number;
  /** Files and Node's own modules that the action's process asks for. */
  readonly modulesLoaded: number;
  /** The same of the Node processes that it starts. */
  readonly bytesLoadedByChildren: number;
  readonly requestsToEntra: number;
  readonly requestsToCacheService: number;
  /** Started by the action's process. What the cache client starts in turn (`tar`) differs between systems. */
  readonly childProcesses: number;
}

export interface Recorded extends Footprint {
  /** Names of the modules that the action's process asks for, Node's own with their prefix. */
  readonly modules: readonly string[];
}

interface Line {
  readonly script: string;
  readonly modules: readonly string[];
  readonly processes: number;
}

/** Runs a program once and writes down what it does. */
export async function footprintOf(program: Program, sandbox: Sandbox): Promise<Recorded> {
  const folder = await mkdtemp(join(tmpdir(), 'footprint-'));
  const file = join(folder, 'processes.jsonl');
  const recorder = pathToFileURL(join(import.meta.dirname, 'recorder.mjs')).href;
  const entraBefore = sandbox.authority.requests.length;
  const cacheBefore = sandbox.cacheService.requests.length;
  try {
    const env = { ...program.env, NODE_OPTIONS: `--import ${recorder}`, RECORDER_FILE: file };
    await run({ ...program, env });
    const text = await readFile(file, 'utf8');
    const lines = text.trim().split('\n');
    const processes = lines.map((line) => JSON.parse(line) as Line);
    const main = processes.find(({ script }) => script === program.args[0]);
    if (!main) throw new Error(`${program.name} was not recorded.`);
    const children = processes.filter((line) => line !== main);
    return {
      bytesLoaded: await bytesOf(main),
      modulesLoaded: main.modules.length,
      bytesLoadedByChildren: sum(await Promise.all(children.map(bytesOf))),
      requestsToEntra: sandbox.authority.requests.length - entraBefore,
      requestsToCacheService: sandbox.cacheService.requests.length - cacheBefore,
      childProcesses: main.processes,
      modules: main.modules.map((url) =>
        url.startsWith('file:') ? url.slice(url.lastIndexOf('/') + 1) : url,
      ),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function bytesOf({ modules }: Line): Promise<number> {
  const files = modules.filter((url) => url.startsWith('file:'));
  return sum(await Promise.all(files.map(async (url) => (await stat(fileURLToPath(url))).size)));
}

/** How many requests to Entra one run of a program makes. */
export async function requestsOf(program: Program, sandbox: Sandbox): Promise<number> {
  const before = sandbox.authority.requests.length;
  await run(program);
  return sandbox.authority.requests.length - before;
}

/** Bytes of all that is committed in dist/. */
export async function distBytes(): Promise<number> {
  const folder = join(root, 'dist');
  return sum(
    await Promise.all((await readdir(folder)).map(async (name) => (await stat(join(folder, name))).size)),
  );
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
