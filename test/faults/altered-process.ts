/**
 * Loaded before the action (`node --import`): its time runs faster, its clock may be off, and its network or disk fails on
 * order. While the cache's process works, time runs at a pace of its own: a program has to be started in it for real.
 */
import childProcess from 'node:child_process';
import dns from 'node:dns';
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers';
import timersPromises from 'node:timers/promises';
import tls from 'node:tls';
import type { OutputFileFault } from './fault-row.ts';

/** What {@link orders} may hold: how connections fail, and until when by the wall clock, in milliseconds since the epoch. */
export interface ConnectionOrders {
  readonly kind: 'refused' | 'unknown-host' | 'untrusted';
  readonly host: string;
  /** Seconds of the process's own time, from the first connection on. */
  readonly lastsSeconds: number | null;
}

/** Or that the clock is set, by so many seconds. */
export interface ClockOrder {
  readonly kind: 'clock';
  readonly seconds: number;
}

/** Or that the disk of the file for outputs fails when they are to be written. */
export interface OutputFileOrder {
  readonly kind: 'output-file';
  readonly becomes: OutputFileFault;
}

export type Order = ConnectionOrders | ClockOrder | OutputFileOrder;

const variable = (name: string): string => process.env[name] ?? '';
const isCacheProcess = (process.argv[1] ?? '').endsWith('workflow-cache-child.js');
const cachePace = Number(variable('FAULTS_CACHE_PACE') || 1);
const usualPace = isCacheProcess ? cachePace : Number(variable('FAULTS_PACE') || 1);
const orders = variable('FAULTS_ORDERS');
/** Milliseconds. */
const timersAreEarlyBy = 2;

alterTime();
failConnections();
failOutputs();
if (isCacheProcess && variable('FAULTS_DISK_FULL')) failWrites();
syncBuiltinESMExports();

function alterTime(): void {
  const RealDate = Date;
  const { setTimeout: realSetTimeout, AbortSignal: signals } = globalThis;
  const realTimeout = signals.timeout.bind(signals);
  const realDelay = timersPromises.setTimeout;
  const { spawn } = childProcess;
  const offset = Number(variable('FAULTS_CLOCK_OFF_SECONDS') || 0) * 1000;
  let pace = usualPace;
  let since = RealDate.now();
  let start = since + offset;

  const realMonotonic = performance.now.bind(performance);
  let monotonicSince = realMonotonic();
  let monotonicStart = monotonicSince;
  let jumped = 0;

  const passing = (): number => Math.round(start + (RealDate.now() - since) * pace);
  const now = (): number => {
    jumped ||= orderedJump();
    return passing() + jumped;
  };
  const monotonic = (): number => monotonicStart + (realMonotonic() - monotonicSince) * pace;
  performance.now = monotonic;
  const setPace = (next: number): void => {
    start = passing();
    since = RealDate.now();
    monotonicStart = monotonic();
    monotonicSince = realMonotonic();
    pace = next;
  };

  class AlteredDate extends RealDate {
    constructor(...parts: readonly unknown[]) {
      super(...((parts.length === 0 ? [now()] : parts) as [number]));
    }
    static override now(): number {
      return now();
    }
  }
  globalThis.Date = AlteredDate as DateConstructor;

  // Where time has slowed down meanwhile, what is left is waited for.
  const altered = (callback: () => void, milliseconds = 0, ...rest: []): NodeJS.Timeout => {
    const due = monotonic() + milliseconds;
    const fire = (): void => {
      if (monotonic() < due - timersAreEarlyBy * pace) timer.refresh();
      else callback(...rest);
    };
    const timer = realSetTimeout(fire, milliseconds / pace);
    return timer;
  };
  globalThis.setTimeout = Object.assign(altered, realSetTimeout);
  timers.setTimeout = globalThis.setTimeout;
  timersPromises.setTimeout = (milliseconds = 0, value, options) =>
    realDelay(milliseconds / pace, value, options);
  signals.timeout = (milliseconds) => realTimeout(Math.ceil(milliseconds / pace));
  // The spread of retries is what other tests are about; here each run has the same waits.
  Math.random = () => 0.5;

  childProcess.spawn = ((...called: Parameters<typeof spawn>) => {
    if (!isCacheProcess) setPace(cachePace);
    const [program, args, ...rest] = called;
    // What is in NODE_OPTIONS does not reach the action's children.
    const own = program === process.execPath ? ['--import', import.meta.url] : [];
    const child = spawn(program, [...own, ...args], ...rest);
    child.once('close', () => {
      if (!isCacheProcess) setPace(usualPace);
    });
    return child;
  }) as typeof spawn;
}

function readOrder(): Order | undefined {
  return fs.existsSync(orders) ? (JSON.parse(fs.readFileSync(orders, 'utf8')) as Order) : undefined;
}

/** Milliseconds by which the clock is to be set; 0 while it is not. */
function orderedJump(): number {
  const order = readOrder();
  return order?.kind === 'clock' ? order.seconds * 1000 : 0;
}

/** The names of the sandbox's servers are looked up here, and so can fail to be. */
function failConnections(): void {
  const realLookup = dns.lookup;
  const realConnect = tls.connect;
  let firstAt: number | undefined;

  const ordered = (host: string): ConnectionOrders['kind'] | undefined => {
    const order = readOrder();
    if (order === undefined || !('host' in order) || order.host !== host) return undefined;
    firstAt ??= Date.now();
    const isOver = order.lastsSeconds !== null && Date.now() - firstAt >= order.lastsSeconds * 1000;
    return isOver ? undefined : order.kind;
  };

  const lookup = (host: string, options: dns.LookupOptions, done: (...answer: unknown[]) => void): void => {
    if (!host.endsWith('.sandbox.test')) {
      realLookup(host, options, done);
      return;
    }
    const kind = ordered(host);
    if (kind === 'unknown-host' || (kind === 'untrusted' && isCacheProcess)) {
      const code = kind === 'untrusted' ? 'SELF_SIGNED_CERT_IN_CHAIN' : 'ENOTFOUND';
      process.nextTick(done, Object.assign(new Error(code), { code }));
      return;
    }
    // Nothing of the sandbox listens on this other address of the loopback interface.
    const address = kind === 'refused' ? '127.0.0.2' : '127.0.0.1';
    if (options.all) process.nextTick(done, null, [{ address, family: 4 }]);
    else process.nextTick(done, null, address, 4);
  };
  dns.lookup = lookup as typeof dns.lookup;

  tls.connect = ((options: tls.ConnectionOptions, ...rest: []) =>
    realConnect(
      ordered('proxy.sandbox.test') === 'untrusted' ? { ...options, ca: [] } : options,
      ...rest,
    )) as typeof tls.connect;
}

/** The file for outputs fails when it is written to, however it was found before. */
function failOutputs(): void {
  const { appendFileSync, truncateSync } = fs;
  const path = variable('GITHUB_OUTPUT');
  const becomes = (file: unknown): OutputFileFault | undefined => {
    const order = file === path ? readOrder() : undefined;
    return order?.kind === 'output-file' ? order.becomes : undefined;
  };
  let left = 5;
  fs.appendFileSync = (file, data, options) => {
    const fault = becomes(file);
    if (fault === 'read-only') throw readOnly();
    if (!fault || left-- > 0) {
      appendFileSync(file, data, options);
      return;
    }
    const text = String(data);
    appendFileSync(file, text.slice(0, text.length / 2), options);
    throw noSpace();
  };
  fs.truncateSync = (file, length) => {
    if (becomes(file) === 'read-only') throw readOnly();
    truncateSync(file, length);
  };
}

function readOnly(): Error {
  return Object.assign(new Error('EROFS: read-only file system'), { code: 'EROFS' });
}

function noSpace(): Error {
  return Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
}

function failWrites(): void {
  const full = (): never => {
    throw noSpace();
  };
  fs.promises.writeFile = async () => full();
  fs.createWriteStream = full;
}
