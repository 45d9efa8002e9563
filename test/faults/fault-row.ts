/** What a row of the fault matrix is: a fault, when it can strike, and what must come of it. */
import type { CacheServiceMode } from '../../sandbox/cache-service.ts';
import type { Fault } from '../../sandbox/faults.ts';
import type { Tool } from '../e2e/tools-in-path.ts';

/** A moment of a run at which something can go wrong. */
export interface Phase {
  readonly name: string;
  readonly at: 'authority' | 'cache';
  /** The endpoint that is asked in this phase, by the name it has in a fault plan. */
  readonly endpoint: string;
  /** The last thing before the phase; nothing where the phase is the first of its kind. */
  readonly armedAfter?: string;
  /** The step is told to ask for a sign-in (`sign-in: force`), although an older one is stored. */
  readonly signsIn: boolean;
}

export const phases = [
  { name: 'restore', at: 'cache', endpoint: 'lookup', signsIn: false },
  { name: 'silent', at: 'authority', endpoint: 'token:refresh_token', signsIn: false },
  { name: 'device code request', at: 'authority', endpoint: 'device-code', signsIn: true },
  {
    name: 'first poll',
    at: 'authority',
    endpoint: 'token:device_code',
    armedAfter: 'device-code',
    signsIn: true,
  },
  {
    name: 'later poll',
    at: 'authority',
    endpoint: 'token:device_code',
    armedAfter: 'token:device_code',
    signsIn: true,
  },
  {
    name: 'poll after the sign-in',
    at: 'authority',
    endpoint: 'token:device_code',
    armedAfter: 'sign-in',
    signsIn: true,
  },
  { name: 'save of a refresh', at: 'cache', endpoint: 'create', armedAfter: 'download', signsIn: false },
  { name: 'save of a sign-in', at: 'cache', endpoint: 'create', armedAfter: 'download', signsIn: true },
] as const satisfies readonly Phase[];

export type PhaseName = (typeof phases)[number]['name'];

/** Seconds of the action's time, from the first strike. */
export type Lasts = number | 'once' | 'for ever';

/** What becomes of the disk of the file for outputs, after it was found writable: `full` when half of them are written. */
export type OutputFileFault = 'read-only' | 'full';

/** How a fault is brought about. */
export type Strike =
  | {
      readonly answer: Fault;
      readonly lasts: Lasts;
      readonly endpoint?: string;
      readonly by?: 'proxy';
      /** The platform cancels the run at the first strike: the answer is on its way, or never comes. */
      readonly cancels?: true;
      readonly outputFile?: OutputFileFault;
    }
  | { readonly outputFile: OutputFileFault }
  /** From the phase on, these programs are all that is in PATH. */
  | { readonly tools: Readonly<Record<string, Tool>> }
  /** The clock is set when the phase begins. */
  | { readonly clockJumpsSeconds: number }
  | { readonly connection: 'refused' | 'unknown-host' | 'untrusted'; readonly lasts: number | 'for ever' }
  | { readonly environment: Readonly<Record<string, string>> }
  /** The run's token may read entries, not write them. */
  | { readonly readOnly: true }
  /** The fault's mode of the cache service, or its entries, are all of it. */
  | { readonly mode: true }
  | { readonly swaps: 'another entry' | 'another size' };

/** `OUTCOME KEPT`: the output `source` or `error-code`, or `no-output`, and what the workflow cache holds after it. */
export type Expectation = `${string} ${'new' | 'old' | 'lost'}`;

/** A fault where it can happen, and the reason why it cannot elsewhere. */
export interface FaultRow {
  readonly name: string;
  /** By phase, else for all phases of a place. */
  readonly strikes: Readonly<Partial<Record<PhaseName | Phase['at'], Strike>>>;
  readonly cannot?: Readonly<Partial<Record<PhaseName | Phase['at'], string>>>;
  readonly expect: Readonly<Partial<Record<PhaseName, Expectation>>>;
  /** Where no client can do better: what was lost on the way has spent what it replaced. */
  readonly unwinnable?: PhaseName;
  /** Said in the log, where the fault is at the authority, or at the cache. */
  readonly says?: Readonly<Partial<Record<PhaseName | Phase['at'], string>>>;
  readonly mode?: CacheServiceMode;
  /** Refresh tokens die when they are used. */
  readonly rotates?: boolean;
}
