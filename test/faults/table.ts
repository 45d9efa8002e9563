/** The fault matrix as people read it. */
import { type FaultRow, phases } from './fault-row.ts';
import { type Cell, cells, faults, whyNot } from './faults.ts';

/** What a cell came to. */
export interface Outcome {
  readonly cell: Cell;
  readonly outcome: string;
  readonly kept: string;
}

const sources: Readonly<Record<string, string>> = {
  refresh: 'token',
  'sign-in': 'token',
  'no-output': 'no output',
};

const keeps: Readonly<Record<string, string>> = {
  new: 'new and old kept',
  old: 'old kept',
  lost: 'LOST',
};

/** One line for each fault, one column for each phase. */
function faultTable(outcomes: readonly Outcome[]): string {
  const names = phases.map(({ name }) => name);
  const reasons: string[] = [];
  const rows = faults.map((fault) => [
    fault.name,
    ...phases.map((phase) => {
      const outcome = outcomes.find(({ cell }) => cell.fault === fault && cell.phase.name === phase.name);
      return outcome ? inWords(outcome) : noteOf(fault, phase, reasons);
    }),
  ]);
  const notes = reasons.map((reason, index) => `${index + 1}. Cannot happen here: ${reason}.`);
  const unwinnable = '† No client can win this cell: see above.';
  return [
    table(['fault', ...names], rows),
    '',
    unwinnable,
    '',
    ...notes,
    '',
    'What the log says:',
    '',
    saysList(),
  ].join('\n');
}

function inWords({ cell, outcome, kept }: Outcome): string {
  const mark = cell.fault.unwinnable === cell.phase.name ? ' †' : '';
  return `${sources[outcome] ?? `\`${outcome}\``}, ${keeps[kept] ?? kept}${mark}`;
}

function noteOf(fault: FaultRow, phase: (typeof phases)[number], reasons: string[]): string {
  const reason = whyNot(fault, phase);
  if (!reason) throw new Error(`The cell "${fault.name}" in "${phase.name}" is empty.`);
  if (!reasons.includes(reason)) reasons.push(reason);
  return `cannot happen (${reasons.indexOf(reason) + 1})`;
}

function saysList(): string {
  const lines = faults.map(({ name }) => {
    const said = cells.filter((cell) => cell.fault.name === name && cell.says !== '');
    const texts = [...new Set(said.map(({ says }) => says))].map((text) => {
      const where = said.filter(({ says }) => says === text).map(({ phase }) => phase.name);
      return `“${text}” (${where.join(', ')})`;
    });
    return `- ${name}: ${texts.join('; ') || 'nothing but the token'}`;
  });
  return lines.join('\n');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (texts: readonly string[]): string => `| ${texts.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

const begin = '<!-- faults:begin -->';
const end = '<!-- faults:end -->';

/** The document with the table in it, between its two comments. */
export function withFaultTable(document: string, outcomes: readonly Outcome[]): string {
  const start = document.indexOf(begin);
  const stop = document.indexOf(end, start);
  if (start < 0 || stop < 0) throw new Error(`The document lacks ${begin} or ${end}.`);
  return `${document.slice(0, start + begin.length)}\n\n${faultTable(outcomes)}\n\n${document.slice(stop)}`;
}
