/** Runs the cells of the fault matrix: the built action, with one fault in one phase, and a healthy run after it. */
import { randomBytes } from 'node:crypto';
import { renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { stripTypeScriptTypes } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { alice } from '../../sandbox/authority/directory.ts';
import type { CacheEntry } from '../../sandbox/cache-service.ts';
import type { FaultRequest } from '../../sandbox/faults.ts';
import { findLeaks, findLeaksIn } from '../../sandbox/leaks.ts';
import type { ActionRun } from '../../sandbox/runner/action-run.ts';
import { schedule, workflowDispatch } from '../../sandbox/runner/events.ts';
import type { RunningAction } from '../../sandbox/runner/running-action.ts';
import { type Sandbox, type StepOptions, startSandbox } from '../../sandbox/sandbox.ts';
import { shownCode } from '../e2e/scenario.ts';
import { secretOutputs } from '../e2e/secret-outputs.ts';
import { type Tool, toolsInPath } from '../e2e/tools-in-path.ts';
import type { Order } from './altered-process.ts';
import type { Strike } from './fault-row.ts';
import type { Cell } from './faults.ts';

/** What a cell turned out to be. */
export interface CellResult {
  readonly cell: Cell;
  /** The output `source`, or `error-code`, or `no-output`. */
  readonly outcome: string;
  /** `new`: one more entry, `old`: the one of before alone; either way the next run was silent. Else `lost`. */
  readonly kept: 'new' | 'old' | 'lost';
  readonly log: string;
  /** How often the fault was met, where a server of the sandbox deals it. */
  readonly struck: number;
  /** Secrets that were seen, things left behind, defects, entries that were changed: none in a good run. */
  readonly wrong: readonly string[];
}

const alteredProcess = join(import.meta.dirname, 'altered-process.ts');
/** How many times as fast as the wall clock the action's time runs. An attempt then has 1.5 s. */
const pace = 10;
// A cancelled run has 7 s, in which a program has to be started for real.
const cancelledPace = 1;
// Starting the cache's process takes part of a second: its 10 s become 3 s, and only where the cache service fails.
const failingCachePace = 3;
const proxyHost = 'proxy.sandbox.test';
const authorityHost = 'login.microsoftonline.com';
const cacheHost = 'cache.sandbox.test';

/** Runs all cells, several at a time; results are in the order of the cells. */
export async function runCells(
  cells: readonly Cell[],
  workers: number,
  onResult: (result: CellResult) => void = () => undefined,
): Promise<readonly CellResult[]> {
  const results = new Map<Cell, CellResult>();
  // Those that wait longest first, so that none is left for the end.
  const waits = (cell: Cell): number => (isCutOff(cell) ? 2 : Number(isLong(cell)));
  const queue = cells.toSorted((a, b) => waits(b) - waits(a));
  const work = async (): Promise<void> => {
    let bench = await openBench();
    try {
      for (let cell = queue.shift(); cell; cell = queue.shift()) {
        const result = await runCell(cell, bench).catch((error: unknown) => brokenOff(cell, error));
        results.set(cell, result);
        onResult(result);
        if (!cell.fault.rotates) continue;
        await bench.close();
        bench = await openBench();
      }
    } finally {
      await bench.close();
    }
  };
  await Promise.all(Array.from({ length: Math.min(workers, cells.length) }, work));
  return cells.flatMap((cell) => results.get(cell) ?? []);
}

/** Where the cache service is waited for in vain, that is shortened; all else has the time it needs. */
const cachePaceOf = (cell: Cell): number => {
  const isSlow = 'answer' in cell.strike && cell.strike.answer.kind === 'delay';
  return cell.phase.at === 'cache' && isLong(cell) && !isSlow ? failingCachePace : 1;
};

const isLong = (cell: Cell): boolean => 'lasts' in cell.strike && cell.strike.lasts === 'for ever';

/** The cache's library waits in vain for the other half of an answer. */
const isCutOff = ({ phase, strike }: Cell): boolean =>
  phase.at === 'cache' && 'answer' in strike && strike.answer.kind === 'truncate';

/** A sandbox with a sign-in in its workflow cache that has to be refreshed; used for one cell after another. */
interface Bench {
  readonly sandbox: Sandbox;
  readonly seed: CacheEntry;
  readonly key: string;
  readonly folder: string;
  /** Path of the program that is loaded before the action. */
  readonly preload: string;
  close(): Promise<void>;
}

async function openBench(): Promise<Bench> {
  const sandbox = await startSandbox({ settings: { accessTokenLifetimeSeconds: 200 } });
  const key = randomBytes(32).toString('base64');
  const folder = await mkdtemp(join(tmpdir(), 'faults-'));
  // Hundreds of processes load it: the types are taken out once.
  const preload = join(folder, 'altered-process.mjs');
  await writeFile(preload, stripTypeScriptTypes(await readFile(alteredProcess, 'utf8')));
  const running = await sandbox.start(workflowDispatch(), { inputs: { 'encryption-key': key } });
  await sandbox.authority.signIn(await shownCode(running), alice.username);
  await (await running.finished).dispose();
  const [seed] = sandbox.cacheService.entries;
  if (!seed) throw new Error('The first sign-in was not saved.');
  const close = async (): Promise<void> => {
    await sandbox.stop();
    await rm(folder, { recursive: true, force: true });
  };
  return { sandbox, seed, key, folder, preload, close };
}

async function runCell(cell: Cell, bench: Bench): Promise<CellResult> {
  const { sandbox, seed, key, folder } = bench;
  const { authority, cacheService } = sandbox;
  reset(bench, cell.fault.rotates ?? false);
  const orders = join(folder, 'orders.json');
  rmSync(orders, { force: true });
  await using tools = 'tools' in cell.strike ? await losableTools(cell.strike.tools, folder) : undefined;
  const step = stepOf(cell, bench, orders, tools?.path);
  const started = Promise.withResolvers<RunningAction>();
  const fault = plan(cell, bench, {
    order: (order) => writeFileSync(orders, JSON.stringify(order)),
    loseTools: () => tools?.lose(),
    // As the platform does it: SIGINT, and more where that does not help.
    cancel: () => void started.promise.then((running) => running.cancel()).catch(() => undefined),
  });
  if ('swaps' in cell.strike) await lie(cell.strike.swaps, bench);
  const base = cell.phase.signsIn ? workflowDispatch() : schedule();
  const event =
    'readOnly' in cell.strike
      ? { ...base, cacheScopes: base.cacheScopes.map(({ ref }) => ({ ref, permission: 'read' as const })) }
      : base;
  const running = await sandbox.start(event, step);
  started.resolve(running);
  if (cell.phase.signsIn) await signIn(running, cell, sandbox, fault).catch(() => undefined);
  const run = await running.finished;

  if ('swaps' in cell.strike) cacheService.replace(seed.key, seed.bytes);
  const entries = cacheService.entries;
  authority.faults.clear();
  cacheService.faults.clear();
  sandbox.proxy.faults.clear();
  cacheService.mode = 'normal';
  const healthy = { inputs: { 'encryption-key': key }, secrets: [key] };
  const next = await (await sandbox.start(schedule(), healthy)).finished;
  const isSilent = ['cache', 'refresh'].includes(next.outputs['source'] ?? '');
  const result: CellResult = {
    cell,
    outcome: run.outputs['source'] ?? run.outputs['error-code'] ?? 'no-output',
    kept: isSilent ? (entries.length > 1 ? 'new' : 'old') : 'lost',
    log: run.log.join('\n'),
    struck: fault.struck,
    wrong: [
      ...leaksOf([run, next], entries, bench),
      ...exitOf(run),
      ...[run, next].flatMap(({ leftovers }) => leftovers.map(({ path }) => `left behind: ${path}`)),
      ...[...run.defects, ...next.defects],
      ...(entries.some(({ key: name, bytes }) => name === seed.key && bytes.equals(seed.bytes))
        ? []
        : ['the old entry is gone or changed']),
    ],
  };
  await Promise.all([run.dispose(), next.dispose()]);
  return result;
}

/** What the step is given, and what alters its process. */
function stepOf(cell: Cell, { sandbox, key, preload }: Bench, orders: string, path?: string): StepOptions {
  return {
    inputs: {
      'encryption-key': key,
      'sign-in-timeout-minutes': '3',
      ...(cell.phase.signsIn && { 'sign-in': 'force' }),
    },
    secrets: [key],
    env: {
      NODE_OPTIONS: `--import=${preload}`,
      FAULTS_PACE: String('cancels' in cell.strike ? cancelledPace : pace),
      FAULTS_CACHE_PACE: String(cachePaceOf(cell)),
      FAULTS_ORDERS: orders,
      https_proxy: sandbox.proxy.url.replace('127.0.0.1', proxyHost),
      no_proxy: `127.0.0.1,localhost,${cacheHost}`,
      ...(cell.fault.mode === 'absent'
        ? { ACTIONS_RESULTS_URL: '', ACTIONS_CACHE_SERVICE_V2: '', ACTIONS_RUNTIME_TOKEN: '' }
        : { ACTIONS_RESULTS_URL: sandbox.cacheService.url.replace('127.0.0.1', cacheHost) }),
      ...environmentOf(cell.strike),
      ...(path !== undefined && { PATH: path }),
    },
  };
}

/** A run that did not end is told beside the others. */
function brokenOff(cell: Cell, error: unknown): CellResult {
  return {
    cell,
    outcome: 'no outcome',
    kept: 'lost',
    log: String(error),
    struck: 0,
    wrong: ['it did not end'],
  };
}

function reset({ sandbox, seed }: Bench, rotates: boolean): void {
  sandbox.authority.faults.clear();
  sandbox.proxy.faults.clear();
  sandbox.authority.settings.rotateAndRevoke = rotates;
  sandbox.cacheService.faults.clear();
  sandbox.cacheService.mode = 'normal';
  sandbox.cacheService.clear();
  sandbox.cacheService.plant(seed);
}

/** Gives other bytes for the entry than were saved. */
async function lie(swaps: 'another entry' | 'another size', { sandbox, seed }: Bench): Promise<void> {
  const { cacheService } = sandbox;
  if (swaps === 'another size') {
    cacheService.replace(seed.key, seed.bytes.subarray(0, seed.bytes.length / 2));
    return;
  }
  const files = { 'entra-user-token/sign-in.jwe': 'what some other step saved' };
  const other = await cacheService.plantFiles({ key: 'other', files, paths: Object.keys(files) });
  cacheService.remove('other');
  cacheService.replace(seed.key, other.bytes);
}

function environmentOf(strike: Strike): Record<string, string> {
  return 'environment' in strike ? { ...strike.environment } : {};
}

/** Success is the exit code 0, and a token; a step that fails does so by itself. */
function exitOf({ exitCode, outputs }: ActionRun): string[] {
  const isRight = exitCode === ('access-token' in outputs ? 0 : 1);
  return isRight ? [] : [`it ended with ${exitCode} and the outputs ${Object.keys(outputs).join(', ')}`];
}

/** A PATH of the programs that a run needs, until all but some of them are lost. */
async function losableTools(left: Readonly<Record<string, Tool>>, folder: string) {
  const all = { tar: 'real', gzip: 'real', zstd: 'real', zstdmt: 'real', unzstd: 'real' } as const;
  const [before, after] = await Promise.all([toolsInPath(all), toolsInPath(left)]);
  const path = join(folder, 'tools');
  rmSync(path, { force: true });
  await symlink(before.PATH, path);
  return {
    path,
    lose(): void {
      const other = join(folder, 'tools-left');
      symlinkSync(after.PATH, other);
      renameSync(other, path);
    },
    async [Symbol.asyncDispose](): Promise<void> {
      await Promise.all([before[Symbol.asyncDispose](), after[Symbol.asyncDispose]()]);
    },
  };
}

/** What the action's own process is told to do at its end of the connection, with its clock, or with its outputs. */
function orderOf(strike: Strike, phase: Cell['phase']): Order | undefined {
  if ('outputFile' in strike && strike.outputFile) return { kind: 'output-file', becomes: strike.outputFile };
  if ('clockJumpsSeconds' in strike) return { kind: 'clock', seconds: strike.clockJumpsSeconds };
  if (!('connection' in strike)) return undefined;
  return {
    kind: strike.connection,
    host: phase.at === 'cache' ? cacheHost : proxyHost,
    lastsSeconds: strike.lasts === 'for ever' ? null : strike.lasts,
  };
}

interface Planned {
  struck: number;
  signingIn: boolean;
  /** The person has signed in; while they do, each poll is told to wait, so that none comes in between. */
  signedIn: boolean;
}

/** How the run and its machine are reached while it is under way. */
interface Means {
  order(order: Order): void;
  loseTools(): void;
  cancel(): void;
}

/** Plans the fault for the moment its phase begins. */
function plan(cell: Cell, bench: Bench, means: Means): Planned {
  const { strike, phase, fault } = cell;
  const { authority, cacheService, proxy } = bench.sandbox;
  const planned: Planned = { struck: 0, signingIn: false, signedIn: false };
  const faults = phase.at === 'cache' ? cacheService.faults : authority.faults;
  const arm = (): void => {
    if (fault.mode && fault.mode !== 'absent') cacheService.mode = fault.mode;
    const order = orderOf(strike, phase);
    if (order) means.order(order);
    means.loseTools();
    if (!('answer' in strike)) return;
    const isProxy = strike.by === 'proxy';
    const { lasts, endpoint = isProxy ? authorityHost : phase.endpoint } = strike;
    const paceThere = phase.at === 'cache' ? 1 : pace;
    const isOn = lasting(lasts, paceThere);
    (isProxy ? proxy.faults : faults).add(
      (request) => {
        if (!request.names.includes(endpoint) || !isOn()) return false;
        planned.struck++;
        if ('cancels' in strike) means.cancel();
        return true;
      },
      strike.answer,
      { times: Number.POSITIVE_INFINITY },
    );
  };

  // A fault that is planned while a request is dealt with would strike that same request.
  const armAfter = (isLast: (request: FaultRequest) => boolean, place = faults): void => {
    let isArmed = false;
    place.add((request) => {
      if (!isArmed && isLast(request)) {
        isArmed = true;
        setImmediate(arm);
      }
      return false;
    }, strikeNothing);
  };
  if (phase.armedAfter === undefined) arm();
  // What was downloaded is yet to be unpacked: the tools are lost when Entra is asked.
  else if ('tools' in strike) armAfter(({ names }) => names.includes('token'), authority.faults);
  else if (phase.armedAfter === 'sign-in') {
    armAfter(({ names }) => planned.signedIn && names.includes('token:device_code'));
  } else {
    const name = phase.armedAfter;
    armAfter(({ names }) => names.includes(name));
  }
  if (phase.signsIn) waitForPerson(authority.faults, planned, phase.armedAfter === 'sign-in');
  return planned;
}

const strikeNothing = { kind: 'hang' } as const;

/** Tells polls to wait until the person is done, and one poll more where the fault is for the next. */
function waitForPerson(faults: Sandbox['authority']['faults'], planned: Planned, onceMore: boolean): void {
  let more = onceMore ? 1 : 0;
  const isEarly = ({ names }: FaultRequest): boolean => {
    if (!names.includes('token:device_code')) return false;
    if (planned.signingIn) return !planned.signedIn || more-- > 0;
    return false;
  };
  const body = JSON.stringify({ error: 'authorization_pending', error_codes: [70016] });
  faults.add(isEarly, { kind: 'respond', status: 400, body }, { times: Number.POSITIVE_INFINITY });
}

/** Whether a fault is still there: so many seconds of the action's time from its first strike, so often, or always. */
function lasting(lasts: number | 'once' | 'for ever', paceThere: number): () => boolean {
  let end: number | undefined;
  return () => {
    if (lasts === 'for ever') return true;
    if (end === undefined) {
      end = lasts === 'once' ? 0 : performance.now() + (lasts * 1000) / paceThere;
      return true;
    }
    return performance.now() < end;
  };
}

async function signIn(running: RunningAction, { phase, strike }: Cell, sandbox: Sandbox, planned: Planned) {
  const code = await shownCode(running);
  // A fault before the sign-in is waited for; it may also have ended the run, or be none that is seen.
  const isBefore = phase.endpoint === 'token:device_code' && phase.armedAfter !== 'sign-in';
  if (isBefore && 'cancels' in strike) return;
  if (isBefore && ('answer' in strike || 'connection' in strike)) await running.line(/Retrying in/);
  planned.signingIn = true;
  await sandbox.authority.signIn(code, alice.username);
  planned.signedIn = true;
}

function leaksOf(
  runs: readonly ActionRun[],
  entries: readonly CacheEntry[],
  { sandbox, key }: Bench,
): string[] {
  const secrets = [{ kind: 'encryption-key', value: key }, ...sandbox.authority.secrets];
  const places = entries.map((entry) => ({ place: entry.key, content: Buffer.from(entry.bytes) }));
  return [
    ...runs.flatMap((run) => findLeaks(secrets, run, { secretOutputs })),
    ...findLeaksIn(secrets, places),
  ].map(({ kind, form, place }) => `${kind} seen (${form}) in ${place}`);
}

/** What is not as expected, in one text; nothing where all is. */
export function differenceOf({ cell, outcome, kept, log, struck, wrong }: CellResult): string[] {
  const differences = [
    ...(outcome === cell.outcome ? [] : [`came to ${outcome}, not ${cell.outcome}`]),
    ...(kept === cell.kept ? [] : [`kept ${kept}, not ${cell.kept}`]),
    ...(log.includes(cell.says) ? [] : [`the log lacks "${cell.says}"`]),
    ...('answer' in cell.strike && struck === 0 ? ['the fault was not met'] : []),
    ...wrong,
  ];
  if (differences.length === 0) return [];
  return [`${cell.fault.name} | ${cell.phase.name}: ${differences.join('; ')}\n${log}`];
}
