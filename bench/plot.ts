import { isMissing } from './missing.ts';
import { conditions, type Report, type TimeRow } from './report.ts';
import type { Pairs, Spread } from './statistics.ts';

const width = 880;
const left = 330;
const right = 190;
const top = 92;
const barHeight = 16;
const barGap = 3;
const groupGap = 20;
const axisHeight = 46;
const groupHeight = 2 * barHeight + barGap + groupGap;

/** On a card of its own, so that it can be read on a page of any colour; dark where the reader's system is. */
const style = `
  text { font: 13px -apple-system, "Segoe UI", "Helvetica Neue", Helvetica, Arial, sans-serif; fill: #1f2328; }
  .title { font-size: 17px; font-weight: 600; }
  .quiet { fill: #59636e; font-size: 12px; }
  .ratio { font-weight: 600; }
  .card { fill: #ffffff; stroke: #d1d9e0; }
  .grid { stroke: #d1d9e0; }
  .action { fill: #0969da; }
  .floor { fill: #afb8c1; }
  .peer { fill: #bc6f2b; }
  .whisker { stroke: #1f2328; stroke-width: 1.25; fill: none; }
  @media (prefers-color-scheme: dark) {
    text { fill: #f0f6fc; }
    .quiet { fill: #9198a1; }
    .card { fill: #0d1117; stroke: #3d444d; }
    .grid { stroke: #3d444d; }
    .action { fill: #4493f8; }
    .floor { fill: #656c76; }
    .peer { fill: #db8b45; }
    .whisker { stroke: #f0f6fc; }
  }`;

type Measured = TimeRow & { readonly pairs: Pairs };

interface Bar {
  readonly label: string;
  readonly spread: Spread;
  readonly kind: 'action' | 'floor' | 'peer';
}

/** The medians as bars, each beside what it is compared with; whiskers from the minimum to the maximum. */
export function toSvg(report: Report): string {
  const rows = report.times.filter((row): row is Measured => !isMissing(row.pairs));
  const most = Math.max(...rows.flatMap(({ pairs }) => [pairs.one.maximum, pairs.other.maximum]));
  const step = tickStep(most);
  const end = Math.ceil(most / step) * step;
  const x = (milliseconds: number): number => round(left + (milliseconds / end) * (width - left - right));
  const bottom = top + rows.length * groupHeight - groupGap;
  const height = bottom + axisHeight;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title">`,
    '<title id="title">Time of whole processes in milliseconds, each beside its floor or beside another program</title>',
    `<style>${style}\n</style>`,
    `<rect class="card" x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="8"/>`,
    text(20, 32, 'How long a step takes, from the start of its process to the end', 'title'),
    text(20, 53, `Median, with minimum and maximum. ${conditions(report)}.`, 'quiet'),
    legend(),
    text(width - 24, 75, 'ratio, and what it is meant to be', 'quiet', 'end'),
    ...axis(end, step, bottom, x),
    ...rows.flatMap((row, index) => group(row, top + index * groupHeight, x)),
    '</svg>',
    '',
  ].join('\n');
}

function legend(): string {
  const entries = [
    { kind: 'action', label: 'this action', at: 20 },
    { kind: 'floor', label: 'floor: what that path cannot go below', at: 125 },
    { kind: 'peer', label: 'another program at the same job', at: 378 },
  ];
  return entries
    .map(
      ({ kind, label, at }) =>
        `<rect class="${kind}" x="${at}" y="65" width="12" height="12" rx="2"/>${text(at + 18, 75, label, 'quiet')}`,
    )
    .join('\n');
}

function axis(end: number, step: number, bottom: number, x: (milliseconds: number) => number): string[] {
  const ticks = Array.from({ length: Math.round(end / step) + 1 }, (_, index) => index * step);
  return ticks.flatMap((tick) => [
    `<line class="grid" x1="${x(tick)}" x2="${x(tick)}" y1="${top - 4}" y2="${bottom + 6}"/>`,
    text(x(tick), bottom + 24, tick === end ? `${tick} ms` : String(tick), 'quiet', 'middle'),
  ]);
}

function group(row: Measured, y: number, x: (milliseconds: number) => number): string[] {
  const { one, other, ratio } = row.pairs;
  const isPeer = row.limit?.kind === 'at least' || row.other.startsWith('silent');
  const bars: Bar[] = [
    { label: row.name, spread: one, kind: isPeer ? 'peer' : 'action' },
    { label: row.other, spread: other, kind: isPeer ? 'action' : 'floor' },
  ];
  const limit = row.limit ? `${row.limit.kind} ${row.limit.ratio.toFixed(1)} ×` : '';
  return [
    ...bars.flatMap((bar, index) => drawn(bar, y + index * (barHeight + barGap), x)),
    text(width - 24, y + barHeight / 2 + 4.5, `${ratio.median.toFixed(2)} ×`, 'ratio', 'end'),
    text(width - 24, y + barHeight * 1.5 + barGap + 4.5, limit, 'quiet', 'end'),
  ];
}

function drawn({ label, spread, kind }: Bar, y: number, x: (milliseconds: number) => number): string[] {
  const { median, minimum, maximum } = spread;
  const middle = y + barHeight / 2;
  const whisker = [
    `M${x(minimum)} ${middle}H${x(maximum)}`,
    `M${x(minimum)} ${middle - 4}v8`,
    `M${x(maximum)} ${middle - 4}v8`,
  ];
  return [
    text(left - 12, middle + 4.5, plain(label), kind === 'floor' ? 'quiet' : '', 'end'),
    `<rect class="${kind}" x="${left}" y="${y}" width="${round(x(median) - left)}" height="${barHeight}" rx="2"/>`,
    `<path class="whisker" d="${whisker.join('')}"/>`,
    text(x(maximum) + 8, middle + 4, `${median.toFixed(0)} ms`, 'quiet'),
  ];
}

/** A round number that makes four to eight parts. */
function tickStep(most: number): number {
  return [10, 20, 25, 50, 100, 200, 250, 500, 1000].find((step) => most / step <= 8) ?? 2000;
}

function plain(markdown: string): string {
  return markdown.replaceAll('`', '');
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function text(x: number, y: number, content: string, style: string, anchor = 'start'): string {
  const escaped = content.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return `<text class="${style}" x="${x}" y="${y}" text-anchor="${anchor}">${escaped}</text>`;
}
