/** What one run of the benchmark found, and how it is told. */
import type { Footprint } from './footprint.ts';
import { isMissing, type Missing } from './missing.ts';
import type { Pickup } from './pickup.ts';
import type { ScaleRow } from './scale.ts';
import type { Pairs, Spread } from './statistics.ts';

export interface TimeRow {
  readonly name: string;
  readonly other: string;
  readonly pairs: Pairs | Missing;
  /** What the ratio is meant to be. */
  readonly limit: { readonly kind: 'at most' | 'at least'; readonly ratio: number } | undefined;
}

export interface Report {
  readonly machine: string;
  readonly node: string;
  /** ISO 8601, the day alone. */
  readonly date: string;
  /** Of the operating system over one minute, before anything was measured. */
  readonly load: number;
  readonly cores: number;
  readonly times: readonly TimeRow[];
  readonly pickup: Pickup | Missing;
  readonly memory: readonly {
    readonly name: string;
    readonly megabytes: number | Missing;
    /** Of the action itself, which has a limit. */
    readonly isOurs: boolean;
  }[];
  readonly distBytes: number;
  readonly footprints: readonly { readonly name: string; readonly footprint: Footprint | Missing }[];
  /** To Entra, of one run. */
  readonly requestsOfOthers: readonly { readonly name: string; readonly requests: number | Missing }[];
  readonly scale: readonly ScaleRow[];
}

const plot = `![Times of the silent paths next to their floors, and next to other programs](../docs/images/bench.svg)

A floor is the least that a path can cost: starting Node, restoring the same entry and nothing else, sending the same request and nothing else. The network of the sandbox costs nothing.`;

const memoryLimit = 90;
const distLimit = 1_600_000;
/** Milliseconds over the poll interval. */
const pickupLimit = 300;

export function toMarkdown(report: Report): string {
  const parts = [
    '# Benchmark',
    'Made by `npm run bench`: whole processes of the committed `dist/`, on the sandbox.',
    ...timeSection(report),
    ...memorySection(report),
    ...sizeSection(report),
    ...scaleSection(report),
  ];
  return `${parts.join('\n\n')}\n`;
}

/** The machine, in one line. */
export function conditions({ machine, node, date }: Report): string {
  return `${machine}, Node ${node}, ${date}`;
}

function timeSection(report: Report): string[] {
  const { load, cores, times, pickup } = report;
  const counts = times.flatMap(({ pairs }) => (isMissing(pairs) ? [] : [pairs.count]));
  // Another program that takes half a core shows in every figure.
  const busy =
    load > cores / 4
      ? ` **The machine was busy with other work** (load average ${load.toFixed(1)}), so the times are not those of a quiet one.`
      : '';
  const head = ['What', 'ms', 'Beside it', 'ms', 'Ratio, pair by pair', 'Limit', ''];
  return [
    '## Time',
    `Whole processes, run in turns, ${Math.min(...counts)} pairs each: median (minimum to maximum). ${conditions(report)}.${busy}`,
    plot,
    table(head, times.map(timeCells)),
    ...times.flatMap(({ name, pairs }) =>
      isMissing(pairs) || pairs.failures.length === 0
        ? []
        : [
            `${name}: ${pairs.failures.length} more pairs failed and are not in the figures: ${pairs.failures.join('; ')}.`,
          ],
    ),
    isMissing(pickup)
      ? `How soon a sign-in is picked up could not be measured: ${pickup.missing}.`
      : pickupLine(pickup),
  ];
}

function timeCells({ name, other, pairs, limit }: TimeRow): string[] {
  const meant = limit ? `${limit.kind} ${limit.ratio}` : '';
  if (isMissing(pairs)) return [name, '', other, '', `not measured: ${pairs.missing}`, meant, ''];
  const isReached =
    limit &&
    (limit.kind === 'at most' ? pairs.ratio.median <= limit.ratio : pairs.ratio.median >= limit.ratio);
  return [
    name,
    spread(pairs.one),
    other,
    spread(pairs.other),
    spread(pairs.ratio, 2),
    meant,
    isReached === undefined ? '' : verdict(isReached),
  ];
}

function pickupLine({ times, pollInterval }: Pickup): string {
  const limit = pollInterval + pickupLimit;
  return `A sign-in is picked up ${spread(times)} ms after the person has finished, at a poll interval of ${pollInterval} ms; limit ${limit} ms: ${verdict(times.maximum <= limit)}.`;
}

function memorySection({ memory }: Report): string[] {
  return [
    '## Peak memory',
    'Of the largest process of a run.',
    table(
      ['What', 'MB', 'Limit', ''],
      memory.map(({ name, megabytes, isOurs }) =>
        isMissing(megabytes)
          ? [name, `not measured: ${megabytes.missing}`, '', '']
          : [
              name,
              megabytes.toFixed(1),
              isOurs ? `under ${memoryLimit}` : '',
              isOurs ? verdict(megabytes < memoryLimit) : '',
            ],
      ),
    ),
  ];
}

function sizeSection({ distBytes, footprints, requestsOfOthers }: Report): string[] {
  const others = requestsOfOthers.flatMap(({ name, requests }) =>
    isMissing(requests) ? [] : [`${name}: ${requests}`],
  );
  const head = [
    'Path',
    'Loaded',
    'Loaded by its children',
    'Modules',
    'Child processes',
    'Requests to Entra',
    'Requests to the cache service',
  ];
  return [
    '## Size',
    `\`dist/\` in all: ${bytes(distBytes)}; limit ${bytes(distLimit)}: ${verdict(distBytes < distLimit)}. What each path loads, starts and asks, the same on every machine and held by \`bench/budget.json\`:`,
    table(
      head,
      footprints.map(({ name, footprint }) =>
        isMissing(footprint)
          ? [name, `not measured: ${footprint.missing}`, '', '', '', '', '']
          : footprintCells(name, footprint),
      ),
    ),
    ...(others.length > 0 ? [`Requests to Entra in a run of the others: ${others.join('; ')}.`] : []),
  ];
}

function footprintCells(name: string, footprint: Footprint): string[] {
  return [
    name,
    bytes(footprint.bytesLoaded),
    bytes(footprint.bytesLoadedByChildren),
    String(footprint.modulesLoaded),
    String(footprint.childProcesses),
    String(footprint.requestsToEntra),
    String(footprint.requestsToCacheService),
  ];
}

function scaleSection({ scale }: Report): string[] {
  return [
    '## Scale',
    'Runs at once: each from its start to its end, all on this one machine. A cache of many accounts: through the workflow cache with `account` given; only the account that is asked for has tokens, since an entry holds 1 MB at most, and what is found of more than one account is also saved anew as one account.',
    table(
      ['What', 'Succeeded', 'ms'],
      scale.map(({ name, found }) => {
        if (isMissing(found)) return [name, 'none', `not measured: ${found.missing}`];
        const { started, succeeded, times, failures } = found;
        const others = failures.length > 0 ? `; the others: ${failures.join('; ')}` : '';
        return [name, `${succeeded} of ${started}`, `${spread(times)}${others}`];
      }),
    ),
  ];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function spread({ median, minimum, maximum }: Spread, digits = 0): string {
  return `${median.toFixed(digits)} (${minimum.toFixed(digits)} to ${maximum.toFixed(digits)})`;
}

function bytes(count: number): string {
  return `${Math.round(count / 1000)} KB`;
}

function verdict(isReached: boolean): string {
  return isReached ? 'reached' : '**not reached**';
}
